package dejima.audit.monitor;

import dejima.residency.LocalText;
import java.io.Serial;
import java.time.Duration;

/// A log did what no honest log does; ends a round and is caught by [Monitor] alone.
final class Alarm extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /// What kind of thing it did.
  enum Kind {
    /// It shows a tree head that it did not sign.
    SIGNATURE,
    /// Its tree has become smaller.
    ROLLED_BACK,
    /// Its keys follow one another otherwise than it said before, or a key that gave way signs
    /// again.
    SUCCESSION,
    /// It has two histories.
    SPLIT_VIEW,
    /// Its entries do not make the tree that it signed.
    WRONG_ENTRIES,
    /// Its tiles do not.
    WRONG_TILES,
    /// The witnesses asked for did not cosign.
    QUORUM,
    /// A receipt is not genuine, or its entry is not in the tree.
    RECEIPT,
    /// A tenant's entries have a gap or are not chained.
    GAP,
    /// It did not publish what it signed to publish.
    BROKEN_PROMISE,
    /// It has shown nothing new for longer than its reader allows.
    STALLED
  }

  private final Kind kind;
  private final transient LocalText text;

  Alarm(Kind kind, String en, String ja) {
    super(en, null, false, false);
    this.kind = kind;
    this.text = new LocalText(ja, en);
  }

  /// The log has shown nothing new for so long.
  static Alarm stalled(Duration silent) {
    return new Alarm(
        Kind.STALLED,
        "STALLED: the log has shown nothing new for %d seconds.".formatted(silent.toSeconds()),
        "停滞：ログは %d 秒間、新しいものを示していない。".formatted(silent.toSeconds()));
  }

  Kind kind() {
    return kind;
  }

  LocalText text() {
    return text;
  }
}
