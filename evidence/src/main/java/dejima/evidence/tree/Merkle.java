package dejima.evidence.tree;

import java.util.ArrayList;
import java.util.List;

/// Roots and inclusion paths of trees that fit in memory (RFC 9162 §2.1.1, §2.1.3).
public final class Merkle {
  private static final byte[] LEAF = {0};
  private static final byte[] NODE = {1};

  private Merkle() {}

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

  /// The root over leaf hashes; of none, the hash of nothing.
  public static byte[] root(List<byte[]> leafHashes) {
    int count = leafHashes.size();
    if (count == 0) {
      return Sha256.of();
    }
    if (count == 1) {
      return leafHashes.getFirst();
    }
    int left = Integer.highestOneBit(count - 1);
    return nodeHash(root(leafHashes.subList(0, left)), root(leafHashes.subList(left, count)));
  }

  /// The hashes that lead from a leaf to the root, the leaf's sibling first.
  public static List<byte[]> path(int index, List<byte[]> leafHashes) {
    var path = new ArrayList<byte[]>();
    collect(index, leafHashes, path);
    return List.copyOf(path);
  }

  private static void collect(int index, List<byte[]> leafHashes, List<byte[]> path) {
    int count = leafHashes.size();
    if (count == 1) {
      return;
    }
    int middle = Integer.highestOneBit(count - 1);
    var left = leafHashes.subList(0, middle);
    var right = leafHashes.subList(middle, count);
    if (index < middle) {
      collect(index, left, path);
      path.add(root(right));
    } else {
      collect(index - middle, right, path);
      path.add(root(left));
    }
  }
}
