package dejima.evidence;

import dejima.evidence.journal.DamagedJournalException;
import dejima.evidence.journal.Segment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Reads a journal backwards, one segment in memory at a time, while another thread writes.
///
/// @param segments all of them, oldest first
/// @param size how many entries the published tree head covers; what follows is left out
record BackwardScan(List<Segment> segments, long size) {

  /// One wanted entry's place in its segment.
  private record Place(long index, int offset) {}

  /// Reads the segment that holds the entry before `below`, or the newest one below it that is not
  /// wholly later than `until`.
  ///
  /// @return where to read on
  long read(long below, Instant until, EntryChoice choice, Predicate<LoggedEntry> each) {
    try {
      int at = start(Math.min(below, size), until);
      return at < 0 ? 0 : read(segments.get(at), Math.min(below, size), until, choice, each);
    } catch (DamagedJournalException damaged) {
      throw new DamagedLogException(String.valueOf(damaged.getMessage()));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private int start(long below, Instant until) throws IOException {
    int at = segments.size() - 1;
    while (at >= 0 && segments.get(at).firstIndex() >= below) {
      at--;
    }
    while (at > 0 && beganAfter(segments.get(at), until)) {
      at--;
    }
    return at;
  }

  private static boolean beganAfter(Segment segment, Instant until) throws IOException {
    return time(body(segment.frame(Segment.HEADER).body())).isAfter(until);
  }

  private static long read(
      Segment segment, long below, Instant until, EntryChoice choice, Predicate<LoggedEntry> each)
      throws IOException {
    List<Place> wanted = new ArrayList<>();
    segment.readSoFar((_, offset, frame, _) -> {
      if (frame.index() < below && choice.wants(Kind.of(frame.kind()), frame.tenant())) {
        wanted.add(new Place(frame.index(), offset));
      }
    });
    for (Place place : wanted.reversed()) {
      Json.Obj body = body(segment.frame(place.offset()).body());
      if (!time(body).isAfter(until) && !each.test(new LoggedEntry(place.index(), body))) {
        return place.index();
      }
    }
    return segment.firstIndex();
  }

  private static Instant time(Json.Obj body) {
    return Instant.ofEpochMilli(body.integer("time").orElse(0L));
  }

  private static Json.Obj body(byte[] bytes) {
    if (Json.read(bytes).orThrow() instanceof Json.Obj body) {
      return body;
    }
    throw new DamagedLogException("journal holds a body that is no object");
  }
}
