package dejima.evidence.tree;

import java.util.ArrayList;
import java.util.List;

/// The right edge of a tree: per tile level the hashes that do not fill a tile yet. It suffices to
/// grow the tree and to know its root. Not for several threads.
public final class TileEdge {
  private final List<List<byte[]>> levels = new ArrayList<>();
  private long size;

  /// Hears of each tile that the edge fills.
  @FunctionalInterface
  public interface FullTiles {
    /// @param level the tile level
    /// @param index the tile's place within its level
    /// @param hashes its 256 hashes
    void full(int level, long index, List<byte[]> hashes);
  }

  /// The edge of the empty tree.
  public TileEdge() {}

  /// An edge as [#levels()] gave it.
  ///
  /// @throws IllegalArgumentException if these are not the levels of a tree of that size
  public static TileEdge of(long size, List<List<byte[]>> levels) {
    var edge = new TileEdge();
    edge.size = size;
    long rest = size;
    for (var level : levels) {
      if (level.size() != rest % TilePath.FULL) {
        throw new IllegalArgumentException("edge does not fit the tree's size");
      }
      edge.levels.add(new ArrayList<>(level));
      rest /= TilePath.FULL;
    }
    if (rest != 0) {
      throw new IllegalArgumentException("edge does not fit the tree's size");
    }
    return edge;
  }

  /// Leaves in the tree.
  public long size() {
    return size;
  }

  /// The hashes of each level's partial tile, the leaves first.
  public List<List<byte[]>> levels() {
    return levels.stream().map(List::copyOf).toList();
  }

  /// Appends a leaf.
  public void add(byte[] leafHash, FullTiles full) {
    size++;
    long index = size - 1;
    byte[] hash = leafHash;
    for (int l = 0; ; l++) {
      if (l == levels.size()) {
        levels.add(new ArrayList<>());
      }
      var level = levels.get(l);
      level.add(hash);
      if (level.size() < TilePath.FULL) {
        return;
      }
      index /= TilePath.FULL;
      full.full(l, index, List.copyOf(level));
      hash = Merkle.root(level);
      level.clear();
    }
  }

  /// The root of the tree.
  public byte[] root() {
    var below = new ArrayList<byte[]>(1);
    for (var level : levels) {
      var hashes = new ArrayList<>(level);
      hashes.addAll(below);
      if (!hashes.isEmpty()) {
        below.clear();
        below.add(Merkle.root(hashes));
      }
    }
    return Merkle.root(below);
  }
}
