package dejima.evidence.tree;

/// Where C2SP tlog-tiles keeps a tile or an entry bundle, relative to the log's prefix.
///
/// @param level `0` to `63`, or `entries`
/// @param index place of the tile within its level
/// @param width how many of its 256 places are filled
public record TilePath(String level, long index, int width) {
  /// Places in a full tile.
  public static final int FULL = 256;

  /// Checks the ranges.
  public TilePath {
    if (index < 0 || width < 1 || width > FULL) {
      throw new IllegalArgumentException("tile out of range");
    }
  }

  /// A tile of hashes.
  public static TilePath hashes(int level, long index, int width) {
    return new TilePath(Integer.toString(level), index, width);
  }

  /// A bundle of entries.
  public static TilePath entries(long index, int width) {
    return new TilePath("entries", index, width);
  }

  /// The path, such as `tile/0/x001/067.p/8`.
  public String text() {
    return width == FULL ? fullText() : partialFolder() + "/" + width;
  }

  /// The path of the same tile when all its places are filled.
  public String fullText() {
    var path = new StringBuilder("%03d".formatted(index % 1000));
    for (long rest = index / 1000; rest > 0; rest /= 1000) {
      path.insert(0, "x%03d/".formatted(rest % 1000));
    }
    return "tile/" + level + "/" + path;
  }

  /// The folder of this tile's partial forms.
  public String partialFolder() {
    return fullText() + ".p";
  }
}
