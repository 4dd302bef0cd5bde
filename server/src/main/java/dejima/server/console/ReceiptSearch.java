package dejima.server.console;

import dejima.evidence.EvidenceLog;
import dejima.evidence.LoggedEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Looks through the log for entries, newest first, a page at a time and for a bounded while. Reads
/// the disk; not for the event loop.
final class ReceiptSearch {
  /// Entries on a page.
  static final int PAGE = 25;

  private static final Duration LONGEST = Duration.ofSeconds(2);

  private final EvidenceLog log;

  ReceiptSearch(EvidenceLog log) {
    this.log = log;
  }

  /// What was found.
  ///
  /// @param entries newest first
  /// @param below where to look on; 0 when everything was looked through
  /// @param reached how far back in time was looked, where not everything was
  record Found(List<LoggedEntry> entries, long below, Optional<Instant> reached) {
    /// Copies the list.
    Found {
      entries = List.copyOf(entries);
    }
  }

  /// One page.
  Found find(ReceiptQuery query) {
    return query.id().isEmpty()
        ? new Walk(query).page()
        : new Found(log.find(query.id()).reversed(), 0, Optional.empty());
  }

  /// One way back through the log.
  private final class Walk {
    private final ReceiptQuery query;
    private final List<LoggedEntry> found = new ArrayList<>();
    private final long begun = System.nanoTime();
    private Optional<Instant> reached = Optional.empty();
    private boolean past;

    private Walk(ReceiptQuery query) {
      this.query = query;
    }

    private Found page() {
      long below = query.below();
      Instant until = query.until().orElse(Instant.MAX);
      while (below > 0 && goesOn()) {
        below = log.readBack(below, until, query.choice(), this::take);
      }
      return new Found(found, past ? 0 : below, reached);
    }

    private boolean take(LoggedEntry entry) {
      Instant time = Instant.ofEpochMilli(entry.body().integer("time").orElse(0L));
      reached = Optional.of(time);
      past = query.from().filter(time::isBefore).isPresent();
      if (!past && query.matches(entry)) {
        found.add(entry);
      }
      return goesOn();
    }

    private boolean goesOn() {
      return !past && found.size() < PAGE && System.nanoTime() - begun < LONGEST.toNanos();
    }
  }
}
