package dejima.evidence.tree;

import java.util.ArrayList;
import java.util.List;

/// A tree that fits in memory: its root and inclusion paths (RFC 9162 §2.1.1, §2.1.3).
public final class Merkle {
  private static final byte[] LEAF = {0};
  private static final byte[] NODE = {1};

  /// The leaves first, each further level half as long, a last odd node moving up as it is.
  private final List<List<byte[]>> levels;

  private Merkle(List<List<byte[]>> levels) {
    this.levels = levels;
  }

  /// The tree over leaf hashes.
  public static Merkle over(List<byte[]> leafHashes) {
    var levels = new ArrayList<List<byte[]>>();
    var level = leafHashes;
    levels.add(level);
    while (level.size() > 1) {
      level = parents(level);
      levels.add(level);
    }
    return new Merkle(levels);
  }

  private static List<byte[]> parents(List<byte[]> level) {
    var parents = new ArrayList<byte[]>((level.size() + 1) / 2);
    for (int i = 0; i + 1 < level.size(); i += 2) {
      parents.add(nodeHash(level.get(i), level.get(i + 1)));
    }
    if (level.size() % 2 == 1) {
      parents.add(level.getLast());
    }
    return parents;
  }

  /// The root; of no leaves, the hash of nothing.
  public byte[] root() {
    var top = levels.getLast();
    return top.isEmpty() ? Sha256.of() : top.getFirst();
  }

  /// The hashes that lead from a leaf to the root, the leaf's sibling first.
  public List<byte[]> path(int index) {
    var path = new ArrayList<byte[]>();
    int at = index;
    for (var level : levels) {
      int sibling = at ^ 1;
      if (sibling < level.size()) {
        path.add(level.get(sibling));
      }
      at >>= 1;
    }
    return List.copyOf(path);
  }

  /// The root over leaf hashes; of none, the hash of nothing.
  public static byte[] root(List<byte[]> leafHashes) {
    return over(leafHashes).root();
  }

  /// `SHA-256(0x00 ‖ entry)`.
  public static byte[] leafHash(byte[]... entry) {
    var digest = Sha256.digest();
    digest.update(LEAF);
    for (byte[] part : entry) {
      digest.update(part);
    }
    return digest.digest();
  }

  /// `SHA-256(0x01 ‖ left ‖ right)`.
  public static byte[] nodeHash(byte[] left, byte[] right) {
    return Sha256.of(NODE, left, right);
  }
}
