package dejima.evidence.tree;

import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/// Checks inclusion and consistency proofs with both ends bound: position before anything else,
/// nothing left over last.
public final class Proofs {
  private Proofs() {}

  /// Does the path lead from this leaf at this index to the root of the tree of this size? (RFC
  /// 9162 §2.1.3.2)
  public static ProofCheck inclusion(
      long index, long size, byte[] leafHash, List<byte[]> path, byte[] root) {
    if (index < 0 || index >= size) {
      return new ProofCheck.Fails("index " + index + " is not inside a tree of size " + size);
    }
    return root(index, size, leafHash, path)
        .map(end -> same(end, root, "the path leads to another root"))
        .orElse(new ProofCheck.Fails("the path is longer or shorter than index and size demand"));
  }

  /// The root to which the path leads; none if the index is outside or the path has not exactly the
  /// length that index and size demand.
  public static Optional<byte[]> root(long index, long size, byte[] leafHash, List<byte[]> path) {
    if (index < 0 || index >= size) {
      return Optional.empty();
    }
    long fn = index;
    long sn = size - 1;
    byte[] hash = leafHash;
    for (byte[] step : path) {
      if (sn == 0) {
        return Optional.empty();
      }
      if ((fn & 1) == 1 || fn == sn) {
        hash = Merkle.nodeHash(step, hash);
        int shift = levelsToSkip(fn);
        fn >>>= shift;
        sn >>>= shift;
      } else {
        hash = Merkle.nodeHash(hash, step);
      }
      fn >>>= 1;
      sn >>>= 1;
    }
    return sn == 0 ? Optional.of(hash) : Optional.empty();
  }

  /// At the right edge a node without a sibling stands for its ancestors up to the first right
  /// child.
  private static int levelsToSkip(long fn) {
    return fn == 0 ? 0 : Long.numberOfTrailingZeros(fn);
  }

  private static ProofCheck same(byte[] hash, byte[] root, String otherwise) {
    return MessageDigest.isEqual(hash, root)
        ? new ProofCheck.Holds()
        : new ProofCheck.Fails(otherwise);
  }

  /// Is the tree of the second size and root an extension of the first? (RFC 9162 §2.1.4.2)
  public static ProofCheck consistency(
      long first, byte[] firstRoot, long second, byte[] secondRoot, List<byte[]> proof) {
    if (first < 0 || first > second) {
      return new ProofCheck.Fails("a tree of size " + second + " does not extend one of " + first);
    }
    if (first == 0 || first == second) {
      return trivial(first, firstRoot, second, secondRoot, proof);
    }
    boolean complete = Long.bitCount(first) == 1;
    if (!complete && proof.isEmpty()) {
      return new ProofCheck.Fails("the proof is empty");
    }
    byte[] start = complete ? firstRoot : proof.getFirst();
    var rest = complete ? proof : proof.subList(1, proof.size());
    return walk(first - 1, second - 1, start, rest, firstRoot, secondRoot);
  }

  private static ProofCheck trivial(
      long first, byte[] firstRoot, long second, byte[] secondRoot, List<byte[]> proof) {
    if (!proof.isEmpty()) {
      return new ProofCheck.Fails("a proof where none is needed");
    }
    if (first == second) {
      return same(firstRoot, secondRoot, "two roots for one size");
    }
    return same(firstRoot, Sha256.of(), "the empty tree has another root");
  }

  private static ProofCheck walk(
      long fn, long sn, byte[] start, List<byte[]> proof, byte[] firstRoot, byte[] secondRoot) {
    int shift = Long.numberOfTrailingZeros(~fn);
    fn >>>= shift;
    sn >>>= shift;
    byte[] fr = start;
    byte[] sr = start;
    for (byte[] step : proof) {
      if (sn == 0) {
        return new ProofCheck.Fails("the proof goes on after the root");
      }
      if ((fn & 1) == 1 || fn == sn) {
        fr = Merkle.nodeHash(step, fr);
        sr = Merkle.nodeHash(step, sr);
        int level = levelsToSkip(fn);
        fn >>>= level;
        sn >>>= level;
      } else {
        sr = Merkle.nodeHash(sr, step);
      }
      fn >>>= 1;
      sn >>>= 1;
    }
    if (same(fr, firstRoot, "the first root does not follow") instanceof ProofCheck.Fails fails) {
      return fails;
    }
    return sn == 0
        ? same(sr, secondRoot, "the second root does not follow")
        : new ProofCheck.Fails("the proof ends before the root");
  }
}
