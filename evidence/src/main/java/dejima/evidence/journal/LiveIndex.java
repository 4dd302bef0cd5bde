package dejima.evidence.journal;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The index of a segment that is being written, or whose index file is not there yet. One thread
/// adds, any may look.
public final class LiveIndex implements SegmentIndex {
  private final Segment segment;
  private final Map<RequestKey, List<Integer>> offsets = new ConcurrentHashMap<>();

  /// @param segment of which nothing is known yet
  public LiveIndex(Segment segment) {
    this.segment = segment;
  }

  /// Adds a durable record.
  public void add(RequestKey key, int offset) {
    offsets.merge(
        key, List.of(offset), (old, more) -> Stream.concat(old.stream(), more.stream()).toList());
  }

  Map<RequestKey, List<Integer>> offsets() {
    return offsets;
  }

  @Override
  public Segment segment() {
    return segment;
  }

  @Override
  public List<Integer> find(RequestKey key) {
    return offsets.getOrDefault(key, List.of());
  }
}
