package dejima.audit.monitor;

import dejima.evidence.Checkpoint;
import dejima.evidence.Quorum;
import dejima.evidence.Reading;
import dejima.evidence.SignedNote;
import dejima.evidence.VerificationKeys;
import dejima.evidence.tree.TileEdge;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Follows one log: every entry it publishes goes into the tree that it signs, nothing that was
/// shown before changes, and every vantage point is shown the same.
///
/// What public tiles hold are hashes of bodies. So a monitor sees that nothing was altered, removed
/// or shown to one reader only; whether a tenant's own requests are all there only that tenant can
/// see, with its receipts.
final class Monitor {
  private final LogSource source;
  private final Map<String, LogSource> others;
  private final VerificationKeys given;
  private final Optional<TenantFolder> tenant;
  private final Optional<Duration> patience;
  private final InstantSource clock;

  /// @param source the vantage point that is followed
  /// @param others further ones by the names to report them by; only their checkpoint is read
  /// @param given the keys by which the reader came to trust the log
  /// @param patience how long the log may show nothing new, if that is limited
  Monitor(
      LogSource source,
      Map<String, LogSource> others,
      VerificationKeys given,
      Optional<TenantFolder> tenant,
      Optional<Duration> patience,
      InstantSource clock) {
    this.source = source;
    this.others = Map.copyOf(others);
    this.given = given;
    this.tenant = tenant;
    this.patience = patience;
    this.clock = clock;
  }

  /// What came of one round.
  sealed interface Round {
    /// All is as it must be.
    ///
    /// @param followed to go on from
    /// @param heads how many signed notes agree
    record Sound(Followed followed, int heads) implements Round {}

    /// The log misbehaves.
    ///
    /// @param alarm how
    /// @param evidence the signed notes that show it
    record Alarmed(Alarm alarm, List<String> evidence) implements Round {
      /// Copies the list.
      public Alarmed {
        evidence = List.copyOf(evidence);
      }
    }
  }

  /// Checks the log once.
  ///
  /// @param before what an earlier round has checked
  /// @throws SourceUnavailable if it cannot be judged now
  Round round(Optional<Followed> before) {
    var evidence = new ArrayList<String>();
    before.ifPresent(one -> evidence.add(one.note().noteText()));
    try {
      return new Round.Sound(sound(before, evidence), evidence.size());
    } catch (Alarm alarm) {
      return new Round.Alarmed(alarm, evidence);
    }
  }

  private Followed sound(Optional<Followed> before, List<String> evidence) {
    var succession = new Successors(source, given).after(before);
    var keys = given.with(succession);
    // The others first: an honest log that is asked last shows the largest tree.
    Map<String, SignedNote> seen = new TreeMap<>();
    others.forEach((name, other) -> seen.put(name, note(other, "checkpoint", evidence)));
    var note = note(source, "checkpoint", evidence);
    var head = signed(keys, note);
    before.ifPresent(one -> Successors.notBack(keys, succession, one.note(), note));
    before.ifPresent(one -> notBack(one.head(), head));
    var tiles = new Tiles(source, head.size());
    var edge = new Growth(tiles, head).from(before.map(Followed::edge).orElseGet(TileEdge::new));
    var tree = new FollowedTree(head, tiles);
    seen.forEach((name, other) -> sameHistory(name, signed(keys, other), tree));
    if (!(keys.quorum() instanceof Quorum.None)) {
      var cosigned = note(source, "checkpoint.cosigned", evidence);
      witnessed(keys, cosigned);
      sameHistory("checkpoint.cosigned", signed(keys, cosigned), tree);
    }
    tenant.ifPresent(folder -> folder.check(tree, keys, clock.instant()));
    return new Followed(note, edge.levels(), succession, grewAt(before, head));
  }

  /// When the tree last grew, as far as it was watched.
  ///
  /// @throws Alarm if that is longer ago than the reader allows
  private Instant grewAt(Optional<Followed> before, Checkpoint head) {
    Instant now = clock.instant();
    Instant grew =
        before
            .filter(one -> one.head().size() == head.size() && one.grewAt().isAfter(Instant.EPOCH))
            .map(Followed::grewAt)
            .orElse(now);
    patience
        .filter(longest -> grew.plus(longest).isBefore(now))
        .ifPresent(_ -> {
          throw Alarm.stalled(Duration.between(grew, now));
        });
    return grew;
  }

  private static SignedNote note(LogSource from, String path, List<String> evidence) {
    String text = new String(from.required(path), StandardCharsets.UTF_8);
    evidence.add(text);
    return switch (SignedNote.parse(text)) {
      case Reading.Read<SignedNote>(SignedNote note) -> note;
      case Reading.Unreadable<SignedNote>(String reason) ->
          throw new Alarm(
              Alarm.Kind.SIGNATURE,
              "The log's checkpoint is no signed note: " + reason,
              "ログのチェックポイントは署名付きノートではない。");
    };
  }

  private static Checkpoint signed(VerificationKeys keys, SignedNote note) {
    return switch (keys.signedByLog(note)) {
      case Reading.Read<Checkpoint>(Checkpoint head) -> head;
      case Reading.Unreadable<Checkpoint>(String reason) ->
          throw new Alarm(
              Alarm.Kind.SIGNATURE,
              "The tree head is not the log's: " + reason,
              "ツリーヘッドはこのログが署名したものではない。");
    };
  }

  private static void notBack(Checkpoint before, Checkpoint now) {
    if (!before.origin().equals(now.origin())) {
      throw new Alarm(
          Alarm.Kind.SPLIT_VIEW,
          "Another log, %s, answers in the place of %s.".formatted(now.origin(), before.origin()),
          "%2$s の代わりに別のログ %1$s が応答している。".formatted(now.origin(), before.origin()));
    }
    if (now.size() < before.size()) {
      throw new Alarm(
          Alarm.Kind.ROLLED_BACK,
          "ROLLED BACK: the log showed %d entries before and shows %d now."
              .formatted(before.size(), now.size()),
          "後退：ログは以前 %d 件を示し、今は %d 件を示している。".formatted(before.size(), now.size()));
    }
    if (now.size() == before.size() && !now.root().equals(before.root())) {
      throw new Alarm(
          Alarm.Kind.SPLIT_VIEW,
          "SPLIT VIEW: two roots were signed for size %d.".formatted(now.size()),
          "分岐：大きさ %d に対して二つの根が署名された。".formatted(now.size()));
    }
  }

  private static void sameHistory(String name, Checkpoint other, FollowedTree tree) {
    if (other.size() > tree.head().size()) {
      throw new Alarm(
          Alarm.Kind.ROLLED_BACK,
          "ROLLED BACK: %s shows %d entries, the log here only %d."
              .formatted(name, other.size(), tree.head().size()),
          "後退：%s は %d 件を示すが、ここでは %d 件しか示されない。".formatted(name, other.size(), tree.head().size()));
    }
    if (!tree.extendsHead(other)) {
      throw new Alarm(
          Alarm.Kind.SPLIT_VIEW,
          "SPLIT VIEW: the tree of size %d that %s shows is no part of the one shown here."
              .formatted(other.size(), name),
          "分岐：%2$s が示す大きさ %1$d の木は、ここで示された木に含まれない。".formatted(other.size(), name));
    }
  }

  private static void witnessed(VerificationKeys keys, SignedNote cosigned) {
    if (keys.cosignedByQuorum(cosigned) instanceof Reading.Unreadable<?>(String reason)) {
      throw new Alarm(
          Alarm.Kind.QUORUM,
          "The witnesses that the key file asks for did not cosign: " + reason,
          "鍵ファイルが求める証人の連署がない。");
    }
  }
}
