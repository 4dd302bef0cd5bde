package dejima.evidence.tree;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// A tree of one size, read from its tiles: root, inclusion paths and consistency proofs. Each tile
/// is read once. Not for several threads.
public final class TileTree {
  private static final int LEVEL_BITS = 8;

  private final long size;
  private final Function<TilePath, List<byte[]>> tiles;
  private final Map<TilePath, List<byte[]>> read = new HashMap<>();

  /// @param size leaves in the tree
  /// @param tiles reads the hashes of a tile
  public TileTree(long size, Function<TilePath, List<byte[]>> tiles) {
    this.size = size;
    this.tiles = tiles;
  }

  /// The inclusion path of a leaf (RFC 9162 §2.1.3.1).
  public List<byte[]> path(long index) {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("index is not inside the tree");
    }
    var path = new ArrayList<byte[]>();
    collect(index, 0, size, path);
    return path;
  }

  /// The root; of no leaves, the hash of nothing.
  public byte[] root() {
    return size == 0 ? Sha256.of() : hash(0, size);
  }

  /// The proof that this tree extends its own first leaves (RFC 9162 §2.1.4.1); empty where none is
  /// needed.
  public List<byte[]> consistency(long first) {
    if (first < 0 || first > size) {
      throw new IllegalArgumentException("the earlier tree is not inside this one");
    }
    var proof = new ArrayList<byte[]>();
    if (first > 0 && first < size) {
      collect(first, 0, size, true, proof);
    }
    return proof;
  }

  /// @param known whether the verifier has the hash over this range already, as the earlier root
  private void collect(long first, long from, long to, boolean known, List<byte[]> proof) {
    if (first == to) {
      if (!known) {
        proof.add(hash(from, to));
      }
      return;
    }
    long middle = from + Long.highestOneBit(to - from - 1);
    if (first <= middle) {
      collect(first, from, middle, known, proof);
      proof.add(hash(middle, to));
    } else {
      collect(first, middle, to, false, proof);
      proof.add(hash(from, middle));
    }
  }

  private void collect(long index, long from, long to, List<byte[]> path) {
    if (to - from == 1) {
      return;
    }
    long middle = from + Long.highestOneBit(to - from - 1);
    if (index < middle) {
      collect(index, from, middle, path);
      path.add(hash(middle, to));
    } else {
      collect(index, middle, to, path);
      path.add(hash(from, middle));
    }
  }

  /// The Merkle Tree Hash over a range of leaves that is a node of the tree.
  private byte[] hash(long from, long to) {
    long count = to - from;
    if (Long.bitCount(count) == 1) {
      return complete(from, Long.numberOfTrailingZeros(count));
    }
    long middle = from + Long.highestOneBit(count - 1);
    return Merkle.nodeHash(hash(from, middle), hash(middle, to));
  }

  /// A complete subtree of so many levels lies within one tile.
  private byte[] complete(long from, int height) {
    int level = height / LEVEL_BITS;
    long first = from >>> (level * LEVEL_BITS);
    int count = 1 << (height % LEVEL_BITS);
    int offset = (int) (first % TilePath.FULL);
    return Merkle.root(tile(level, first / TilePath.FULL).subList(offset, offset + count));
  }

  private List<byte[]> tile(int level, long index) {
    long filled = (size >>> (level * LEVEL_BITS)) - index * TilePath.FULL;
    int width = (int) Math.min(filled, TilePath.FULL);
    return read.computeIfAbsent(TilePath.hashes(level, index, width), tiles);
  }
}
