package dejima.evidence.journal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The index of a segment that is being written, or whose index file is not there yet. One thread
/// adds, any may look. Rows stand as they came, without an object for each, and are looked through
/// from the first to the last: requests come by the thousand, questions one at a time.
public final class LiveIndex implements SegmentIndex {
  private static final int FIRST_ROWS = 1 << 10;

  private final Segment segment;
  private volatile Rows rows = new Rows(new long[2 * FIRST_ROWS], new int[FIRST_ROWS]);
  private volatile int count;

  /// Two halves of an id and one offset for each row.
  private static final class Rows {
    private final long[] ids;
    private final int[] offsets;

    private Rows(long[] ids, int[] offsets) {
      this.ids = ids;
      this.offsets = offsets;
    }

    private boolean full(int count) {
      return count == offsets.length;
    }

    private Rows larger() {
      return new Rows(
          Arrays.copyOf(ids, ids.length * 2), Arrays.copyOf(offsets, offsets.length * 2));
    }
  }

  /// One record's place.
  record Row(RequestKey key, int offset) {}

  /// @param segment of which nothing is known yet
  public LiveIndex(Segment segment) {
    this.segment = segment;
  }

  /// Adds a durable record.
  public void add(RequestKey key, int offset) {
    int at = count;
    if (rows.full(at)) {
      rows = rows.larger();
    }
    rows.ids[2 * at] = key.high();
    rows.ids[2 * at + 1] = key.low();
    rows.offsets[at] = offset;
    count = at + 1; // whoever sees the new count sees the row
  }

  /// Every row, in the order in which they came.
  List<Row> all() {
    int known = count;
    Rows seen = rows;
    var all = new ArrayList<Row>(known);
    for (int i = 0; i < known; i++) {
      all.add(new Row(new RequestKey(seen.ids[2 * i], seen.ids[2 * i + 1]), seen.offsets[i]));
    }
    return all;
  }

  @Override
  public Segment segment() {
    return segment;
  }

  @Override
  public List<Integer> find(RequestKey key) {
    int known = count;
    Rows seen = rows;
    var found = new ArrayList<Integer>();
    for (int i = 0; i < known; i++) {
      if (seen.ids[2 * i + 1] == key.low() && seen.ids[2 * i] == key.high()) {
        found.add(seen.offsets[i]);
      }
    }
    return found;
  }
}
