package dejima.audit.monitor;

import dejima.evidence.tree.TilePath;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The tiles of a tree of one size, as a vantage point serves them. A partial tile may be gone once
/// its full form is there. Not for several threads.
final class Tiles {
  private static final int HASH = 32;

  private final LogSource source;
  private final long size;
  private final Map<TilePath, List<byte[]>> read = new Recent();

  /// The tiles that were asked for last: a log can be larger than its reader's memory.
  private static final class Recent extends LinkedHashMap<TilePath, List<byte[]>> {
    private static final long serialVersionUID = 1L;
    private static final int MOST = 1_024;

    Recent() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<TilePath, List<byte[]>> eldest) {
      return size() > MOST;
    }
  }

  Tiles(LogSource source, long size) {
    this.source = source;
    this.size = size;
  }

  /// The first hashes of a tile, for this tree or an earlier one.
  List<byte[]> hashes(TilePath wanted) {
    int level = Integer.parseInt(wanted.level());
    long filled = (size >>> (8 * level)) - wanted.index() * TilePath.FULL;
    int width = (int) Math.min(filled, TilePath.FULL);
    return read.computeIfAbsent(TilePath.hashes(level, wanted.index(), width), this::split)
        .subList(0, wanted.width());
  }

  private List<byte[]> split(TilePath path) {
    byte[] bytes = bytes(path);
    if (bytes.length < path.width() * HASH) {
      throw new SourceUnavailable("the tile " + path.text() + " is too short");
    }
    var hashes = new ArrayList<byte[]>(path.width());
    for (int i = 0; i < path.width(); i++) {
      hashes.add(Arrays.copyOfRange(bytes, i * HASH, (i + 1) * HASH));
    }
    return hashes;
  }

  private byte[] bytes(TilePath path) {
    return source.file(path.text()).orElseGet(() -> source.required(path.fullText()));
  }

  /// The entries of a bundle.
  ///
  /// @throws Alarm if it is not a bundle of so many entries
  List<byte[]> entries(TilePath path) {
    var bundle = ByteBuffer.wrap(bytes(path));
    var entries = new ArrayList<byte[]>(path.width());
    while (entries.size() < path.width()) {
      if (bundle.remaining() < Short.BYTES) {
        throw cut(path);
      }
      int length = Short.toUnsignedInt(bundle.getShort());
      if (bundle.remaining() < length) {
        throw cut(path);
      }
      byte[] entry = new byte[length];
      bundle.get(entry);
      entries.add(entry);
    }
    return entries;
  }

  private static Alarm cut(TilePath path) {
    return new Alarm(
        Alarm.Kind.WRONG_ENTRIES,
        "The entry bundle " + path.text() + " is cut short.",
        "エントリの束 " + path.text() + " が途中で切れている。");
  }
}
