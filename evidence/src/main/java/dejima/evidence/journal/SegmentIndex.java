package dejima.evidence.journal;

import java.io.IOException;
import java.util.List;

/// Where in one segment each request's records stand.
public sealed interface SegmentIndex permits LiveIndex, FiledIndex {
  /// The segment.
  Segment segment();

  /// Offsets of the request's frames, in order; none if it has no record here.
  List<Integer> find(RequestKey key) throws IOException;
}
