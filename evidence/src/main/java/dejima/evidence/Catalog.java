package dejima.evidence;

import dejima.evidence.journal.FiledIndex;
import dejima.evidence.journal.LiveIndex;
import dejima.evidence.journal.RequestKey;
import dejima.evidence.journal.Segment;
import dejima.evidence.journal.SegmentIndex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Finds a request's entries in the journal. One thread adds, another files sealed segments, any
/// may look.
final class Catalog {
  private final List<SegmentIndex> indexes;

  /// @param sealed indexes of all segments before the first that will be added, oldest first
  Catalog(List<SegmentIndex> sealed) {
    this.indexes = new CopyOnWriteArrayList<>(sealed);
  }

  static RequestKey key(String id) {
    return new RequestKey(RequestIds.high(id), RequestIds.low(id));
  }

  void add(Segment segment, RequestKey key, int offset) {
    live(segment).add(key, offset);
  }

  private LiveIndex live(Segment segment) {
    if (!indexes.isEmpty()
        && indexes.getLast() instanceof LiveIndex live
        && live.segment().equals(segment)) {
      return live;
    }
    var live = new LiveIndex(segment);
    indexes.add(live);
    return live;
  }

  /// Writes the index files of all segments but the last.
  void fileSealed() throws IOException {
    for (int i = 0; i < indexes.size() - 1; i++) {
      if (indexes.get(i) instanceof LiveIndex live) {
        indexes.set(i, FiledIndex.write(live));
      }
    }
  }

  /// All segments that hold entries, oldest first.
  List<Segment> segments() {
    return indexes.stream().map(SegmentIndex::segment).toList();
  }

  List<LoggedEntry> find(String id) {
    var key = key(id);
    var entries = new ArrayList<LoggedEntry>();
    try {
      for (var index : indexes) {
        for (int offset : index.find(key)) {
          entries.add(entry(index.segment(), offset));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return entries;
  }

  private static LoggedEntry entry(Segment segment, int offset) throws IOException {
    var frame = segment.frame(offset);
    return Json.read(frame.body()).orThrow() instanceof Json.Obj body
        ? new LoggedEntry(frame.frame().index(), body)
        : damaged();
  }

  private static LoggedEntry damaged() {
    throw new DamagedLogException("journal holds a body that is no object");
  }
}
