package dejima.evidence;

import dejima.evidence.journal.RequestKey;
import java.util.Map;
import java.util.Set;

/// What the log is at the start of a segment, less its tree: where recovery can start reading.
///
/// @param index the segment's first index
/// @param heads the head of each tenant's chain
/// @param open requests with an intent and no end
record Waypoint(long index, Map<String, Chain.Head> heads, Set<RequestKey> open) {
  static final Waypoint START = new Waypoint(0, Map.of(), Set.of());

  Waypoint {
    heads = Map.copyOf(heads);
    open = Set.copyOf(open);
  }
}
