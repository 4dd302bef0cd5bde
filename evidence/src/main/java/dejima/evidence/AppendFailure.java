package dejima.evidence;

import java.io.Serial;

/// Why an entry was not recorded. Whatever the reason, the log does not count it and hands its
/// sequence number to the next entry.
public abstract sealed class AppendFailure extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private AppendFailure(String message) {
    super(message);
  }

  /// More entries wait than the log lets wait; it works, but too much is asked of it.
  public static final class QueueFull extends AppendFailure {
    @Serial private static final long serialVersionUID = 1L;

    QueueFull(int capacity) {
      super("evidence log has " + capacity + " entries waiting and takes no more");
    }
  }

  /// The body would be longer than 8 KiB.
  public static final class EntryTooLarge extends AppendFailure {
    @Serial private static final long serialVersionUID = 1L;

    EntryTooLarge() {
      super("evidence entry would have more than " + Body.MAX_BYTES + " bytes");
    }
  }

  /// The disk is full or broken, or the log is closed. A later append may succeed. If the machine
  /// dies before a broken disk lets the log wipe what it wrote, the entry may still turn up when
  /// the log is opened again; an intent is then closed as unknown, like any other.
  public static final class LogUnavailable extends AppendFailure {
    @Serial private static final long serialVersionUID = 1L;

    LogUnavailable(String why) {
      super("evidence log cannot record: " + why);
    }
  }
}
