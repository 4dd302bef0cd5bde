package dejima.audit.monitor;

import dejima.audit.EvidenceTrust;
import dejima.audit.PolicyReplay;
import dejima.audit.SiteEvidence;
import dejima.evidence.Checkpoint;
import dejima.evidence.Json;
import dejima.evidence.NoteKey;
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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/// What a tenant kept of its requests, held against the log: receipts (any file), and promises
/// (files that end in `.promise`, each with the value of one header `Dejima-Promise`).
///
/// Receipts of other logs, from which the tenant moved, are held against each other alone: no tree
/// of theirs is followed here.
///
/// @param folder where they are
/// @param elsewhere keys of those other logs
/// @param whole whether it keeps every receipt, so that a missing number is a missing entry
record TenantFolder(Path folder, List<NoteKey> elsewhere, boolean whole) {
  TenantFolder {
    elsewhere = List.copyOf(elsewhere);
  }

  /// A promised entry is in a tree head a second later; a minute is patience.
  private static final Duration PROMISED = Duration.ofMinutes(1);

  private static final String PROMISE = ".promise";

  /// A tenant's entries in one log, which have one sequence.
  record Own(String log, String tenant) implements Comparable<Own> {
    @Override
    public int compareTo(Own other) {
      return Comparator.comparing(Own::log).thenComparing(Own::tenant).compare(this, other);
    }

    @Override
    public String toString() {
      return tenant + " in " + log;
    }
  }

  /// Checks everything.
  ///
  /// @param log the keys of the log that is followed
  /// @param now by the reader's clock, for the time that promises have
  /// @return how many receipts and promises were checked
  /// @throws Alarm at the first that does not hold
  int check(FollowedTree tree, VerificationKeys log, Instant now) {
    var logs = new ArrayList<>(log.logs());
    logs.addAll(elsewhere);
    // The tree was held against the witnesses; a receipt may be older than their word.
    var keys = new VerificationKeys(logs, List.of(), new Quorum.None());
    Map<Own, Map<Long, Json.Obj>> tenants = new TreeMap<>();
    int checked = 0;
    for (Path file : files()) {
      checked++;
      if (file.toString().endsWith(PROMISE)) {
        promise(file, tree, keys, now);
      } else {
        Receipt receipt = receipt(file, keys);
        String origin = inTree(receipt, file, tree);
        for (Json.Obj body : bodies(receipt)) {
          Own own = new Own(origin, body.string("tenant").orElse(""));
          add(body, own, tenants.computeIfAbsent(own, _ -> new TreeMap<>()));
        }
      }
    }
    tenants.forEach(this::chained);
    return checked;
  }

  /// Several receipts may hold one entry; no two entries have one number.
  static void add(Json.Obj body, Own own, Map<Long, Json.Obj> bodies) {
    long sequence = body.integer("sequence").orElse(0L);
    Json.Obj before = bodies.putIfAbsent(sequence, body);
    if (before != null && !before.equals(body)) {
      throw gap(own, "number %d was given to %d entries", sequence, 2);
    }
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

  private static Receipt receipt(Path file, VerificationKeys keys) {
    var judges = new ReceiptJudges(new PolicyReplay(), new SiteEvidence(EvidenceTrust.NOBODY));
    return switch (ReceiptVerifier.verify(bytes(file), keys, judges)) {
      case Verification.Refused(var step, String reason) ->
          throw new Alarm(
              Alarm.Kind.RECEIPT,
              "The receipt %s is not genuine, at %s: %s".formatted(file, step, reason),
              "領収書 %s は真正でない（%s）。".formatted(file, step));
      case Verification.Verified(Receipt receipt, _, _) -> receipt;
    };
  }

  /// The name of the receipt's log.
  ///
  /// @throws Alarm if that is the one that is followed, and the receipt is under another tree
  private static String inTree(Receipt receipt, Path file, FollowedTree tree) {
    var under = Checkpoint.parse(receipt.note().text()).orThrow();
    if (!under.origin().equals(tree.head().origin())) {
      return under.origin();
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
    return under.origin();
  }

  private static List<Json.Obj> bodies(Receipt receipt) {
    var bodies = new ArrayList<Json.Obj>();
    receipt.intents().forEach(one -> bodies.add(one.body()));
    bodies.add(receipt.body());
    return bodies;
  }

  private static void promise(Path file, FollowedTree tree, VerificationKeys keys, Instant now) {
    String text = new String(bytes(file), StandardCharsets.UTF_8).strip();
    switch (SignedPromise.parse(text)) {
      case Reading.Unreadable<SignedPromise>(String reason) -> throw foreign(file, reason);
      case Reading.Read<SignedPromise>(SignedPromise promise) -> {
        if (isSigned(promise, keys, log -> log.equals(tree.head().origin()))) {
          kept(promise, file, tree, now);
        } else if (!isSigned(promise, keys, _ -> true)) {
          throw foreign(file, "no key given signed it");
        }
      }
    }
  }

  private static boolean isSigned(
      SignedPromise promise, VerificationKeys keys, Predicate<String> log) {
    return keys.logs().stream()
        .filter(key -> log.test(key.name()))
        .map(promise::verify)
        .anyMatch(Reading.Read.class::isInstance);
  }

  private static Alarm foreign(Path file, String reason) {
    return new Alarm(
        Alarm.Kind.SIGNATURE,
        "The promise %s is none of this log: %s".formatted(file, reason),
        "約束 %s はこのログのものではない。".formatted(file));
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
  private void chained(Own tenant, Map<Long, Json.Obj> bodies) {
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

  private static Alarm gap(Own tenant, String what, long from, long to) {
    return new Alarm(
        Alarm.Kind.GAP,
        "GAP in the entries of %s: ".formatted(tenant) + what.formatted(from, to) + ".",
        "欠落：%s のエントリの連番または連鎖が途切れている（%d、%d）。".formatted(tenant, from, to));
  }
}
