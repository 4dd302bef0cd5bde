package dejima.audit.monitor;

import dejima.residency.LocalText;
import java.io.Serial;

/// A log did what no honest log does; ends a round and is caught by [Monitor] alone.
final class Alarm extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /// What kind of thing it did.
  enum Kind {
    /// It shows a tree head that it did not sign.
    SIGNATURE,
    /// Its tree has become smaller.
    ROLLED_BACK,
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
    BROKEN_PROMISE
  }

  private final Kind kind;
  private final transient LocalText text;

  Alarm(Kind kind, String en, String ja) {
    super(en, null, false, false);
    this.kind = kind;
    this.text = new LocalText(ja, en);
  }

  Kind kind() {
    return kind;
  }

  LocalText text() {
    return text;
  }
}
