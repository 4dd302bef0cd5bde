package dejima.audit.monitor;

import dejima.audit.EvidenceTrust;
import dejima.audit.PolicyReplay;
import dejima.audit.SiteEvidence;
import dejima.evidence.Checkpoint;
import dejima.evidence.Json;
import dejima.evidence.LoggedEntry;
import dejima.evidence.Quorum;
import dejima.evidence.Reading;
import dejima.evidence.Receipt;
import dejima.evidence.ReceiptJudges;
import dejima.evidence.ReceiptVerifier;
import dejima.evidence.SignedPromise;
import dejima.evidence.Verification;
import dejima.evidence.VerificationKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a tenant kept of its requests, held against the log: receipts (any file), and promises
/// (files that end in `.promise`, each with the value of one header `Dejima-Promise`).
///
/// @param folder where they are
/// @param keys whom the tenant trusts
/// @param whole whether it keeps every receipt, so that a missing number is a missing entry
record TenantFolder(Path folder, VerificationKeys keys, boolean whole) {
  /// A promised entry is in a tree head a second later; a minute is patience.
  private static final Duration PROMISED = Duration.ofMinutes(1);

  private static final String PROMISE = ".promise";

  /// Checks everything.
  ///
  /// @param now by the reader's clock, for the time that promises have
  /// @return how many receipts and promises were checked
  /// @throws Alarm at the first that does not hold
  int check(FollowedTree tree, Instant now) {
    Map<String, Map<Long, Json.Obj>> tenants = new HashMap<>();
    int checked = 0;
    for (Path file : files()) {
      checked++;
      if (file.toString().endsWith(PROMISE)) {
        promise(file, tree, now);
      } else {
        for (LoggedEntry entry : receipt(file, tree)) {
          tenants
              .computeIfAbsent(entry.body().string("tenant").orElse(""), _ -> new TreeMap<>())
              .put(entry.body().integer("sequence").orElse(0L), entry.body());
        }
      }
    }
    tenants.forEach(this::chained);
    return checked;
  }

  private List<Path> files() {
    try (var files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("the folder " + folder + " cannot be read", unreadable);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("the file " + file + " cannot be read", unreadable);
    }
  }

  private List<LoggedEntry> receipt(Path file, FollowedTree tree) {
    var judges = new ReceiptJudges(new PolicyReplay(), new SiteEvidence(EvidenceTrust.NOBODY));
    // The tree was held against the witnesses; the receipt may be older than their word.
    var logs = new VerificationKeys(keys.logs(), List.of(), new Quorum.None());
    return switch (ReceiptVerifier.verify(bytes(file), logs, judges)) {
      case Verification.Refused(var step, String reason) ->
          throw new Alarm(
              Alarm.Kind.RECEIPT,
              "The receipt %s is not genuine, at %s: %s".formatted(file, step, reason),
              "領収書 %s は真正でない（%s）。".formatted(file, step));
      case Verification.Verified(Receipt receipt, _, _) -> inTree(receipt, file, tree);
    };
  }

  private static List<LoggedEntry> inTree(Receipt receipt, Path file, FollowedTree tree) {
    var under = Checkpoint.parse(receipt.note().text()).orThrow();
    if (!under.origin().equals(tree.head().origin())) {
      return List.of(); // of another log
    }
    if (under.size() > tree.head().size()) {
      throw new Alarm(
          Alarm.Kind.ROLLED_BACK,
          "ROLLED BACK: the receipt %s is under a tree of size %d, the log shows %d."
              .formatted(file, under.size(), tree.head().size()),
          "後退：領収書 %s は大きさ %d の木によるが、ログは %d を示している。"
              .formatted(file, under.size(), tree.head().size()));
    }
    if (!tree.extendsHead(under)) {
      throw new Alarm(
          Alarm.Kind.SPLIT_VIEW,
          "SPLIT VIEW: the receipt %s is under a tree that is no part of the one shown here."
              .formatted(file),
          "分岐：領収書 %s の木は、ここで示された木に含まれない。".formatted(file));
    }
    var entries = new ArrayList<LoggedEntry>();
    receipt.intents().forEach(one -> entries.add(new LoggedEntry(one.index(), one.body())));
    entries.add(new LoggedEntry(receipt.index(), receipt.body()));
    return entries;
  }

  private void promise(Path file, FollowedTree tree, Instant now) {
    String text = new String(bytes(file), StandardCharsets.UTF_8).strip();
    switch (SignedPromise.parse(text).then(this::signed)) {
      case Reading.Unreadable<SignedPromise>(String reason) ->
          throw new Alarm(
              Alarm.Kind.SIGNATURE,
              "The promise %s is none of this log: %s".formatted(file, reason),
              "約束 %s はこのログのものではない。".formatted(file));
      case Reading.Read<SignedPromise>(SignedPromise promise) -> kept(promise, file, tree, now);
    }
  }

  private Reading<SignedPromise> signed(SignedPromise promise) {
    return keys.logs().stream()
        .map(promise::verify)
        .filter(Reading.Read.class::isInstance)
        .findFirst()
        .orElse(new Reading.Unreadable<>("no key given signed it"));
  }

  private static void kept(SignedPromise promise, Path file, FollowedTree tree, Instant now) {
    boolean due = Instant.ofEpochMilli(promise.time()).plus(PROMISED).isBefore(now);
    boolean published = promise.index() < tree.head().size();
    if ((published || due) && !tree.holds(promise.index(), promise.bodyHash())) {
      throw new Alarm(
          Alarm.Kind.BROKEN_PROMISE,
          "BROKEN PROMISE: the entry promised by %s is not at index %d of the tree of size %d."
              .formatted(file, promise.index(), tree.head().size()),
          "約束違反：%s で約束されたエントリが、大きさ %3$d の木の %2$d 番にない。"
              .formatted(file, promise.index(), tree.head().size()));
    }
  }

  /// Each body names the hash of the one before; a number that is missing hides an entry.
  private void chained(String tenant, Map<Long, Json.Obj> bodies) {
    long last = 0;
    String hash = "";
    for (var body : bodies.entrySet()) {
      boolean next = body.getKey() == last + 1;
      if (whole && !next) {
        throw gap(tenant, "the numbers %d to %d are missing", last + 1, body.getKey() - 1);
      }
      if (next && !body.getValue().string("previous").equals(Optional.of(hash))) {
        throw gap(tenant, "number %2$d does not name the body of number %1$d", last, body.getKey());
      }
      last = body.getKey();
      hash = body.getValue().canonicalHash();
    }
  }

  private static Alarm gap(String tenant, String what, long from, long to) {
    return new Alarm(
        Alarm.Kind.GAP,
        "GAP in the entries of %s: ".formatted(tenant) + what.formatted(from, to) + ".",
        "欠落：%s のエントリの連番または連鎖が途切れている（%d、%d）。".formatted(tenant, from, to));
  }
}
