package dejima.evidence;

import dejima.evidence.journal.DamagedJournalException;
import dejima.evidence.journal.Frame;
import dejima.evidence.journal.Segment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/// Reads a journal from a moment on, one segment in memory at a time, while another thread writes.
///
/// @param folder of the journal
/// @param size how many entries the published tree head covers; what follows is left out
record JournalScan(Path folder, long size) {

  void read(Instant since, EntryChoice choice, Consumer<LoggedEntry> each) {
    try {
      List<Segment> segments = Segment.list(folder);
      for (int i = start(segments, since); i < segments.size(); i++) {
        read(segments.get(i), since, choice, each);
      }
    } catch (DamagedJournalException damaged) {
      throw new DamagedLogException(String.valueOf(damaged.getMessage()));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// The last segment that began before the moment: those before it hold nothing of interest.
  private int start(List<Segment> segments, Instant since) throws IOException {
    int at = segments.size() - 1;
    while (at > 0 && !beganBefore(segments.get(at), since)) {
      at--;
    }
    return Math.max(0, at);
  }

  private boolean beganBefore(Segment segment, Instant since) throws IOException {
    if (segment.firstIndex() >= size) {
      return false;
    }
    var first = segment.frame(Segment.HEADER);
    return time(body(first.body())) < since.toEpochMilli();
  }

  private void read(Segment segment, Instant since, EntryChoice choice, Consumer<LoggedEntry> each)
      throws IOException {
    segment.readSoFar((_, _, frame, buffer) -> {
      if (frame.index() < size && choice.wants(Kind.of(frame.kind()), frame.tenant())) {
        offer(frame, buffer, since, each);
      }
    });
  }

  private static void offer(Frame frame, byte[] buffer, Instant since, Consumer<LoggedEntry> each) {
    Json.Obj body = body(frame.body(buffer));
    if (time(body) >= since.toEpochMilli()) {
      each.accept(new LoggedEntry(frame.index(), body));
    }
  }

  private static long time(Json.Obj body) {
    return body.integer("time").orElse(0L);
  }

  private static Json.Obj body(byte[] bytes) {
    if (Json.read(bytes).orThrow() instanceof Json.Obj body) {
      return body;
    }
    throw new DamagedLogException("journal holds a body that is no object");
  }
}
