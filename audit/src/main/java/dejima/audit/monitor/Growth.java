package dejima.audit.monitor;

import dejima.evidence.Checkpoint;
import dejima.evidence.tree.Merkle;
import dejima.evidence.tree.ProofCheck;
import dejima.evidence.tree.Proofs;
import dejima.evidence.tree.TileEdge;
import dejima.evidence.tree.TilePath;
import dejima.evidence.tree.TileTree;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Grows a tree, entry by entry, from what was checked before to a new head, and holds the result
/// against the head and every tile on the way.
final class Growth {
  private final Tiles tiles;
  private final Checkpoint head;
  private Optional<TilePath> wrong = Optional.empty();

  Growth(Tiles tiles, Checkpoint head) {
    this.tiles = tiles;
    this.head = head;
  }

  /// The edge of the tree of the head.
  ///
  /// @param from the edge that was checked before, of a tree not larger; it is used up
  /// @throws Alarm if the entries or the tiles are not those of the signed head
  TileEdge from(TileEdge from) {
    long known = from.size();
    byte[] before = from.root();
    for (long bundle = known / TilePath.FULL; bundle * TilePath.FULL < head.size(); bundle++) {
      long first = bundle * TilePath.FULL;
      int width = (int) Math.min(TilePath.FULL, head.size() - first);
      List<byte[]> entries = tiles.entries(TilePath.entries(bundle, width));
      for (int i = (int) Math.max(0, known - first); i < width; i++) {
        from.add(Merkle.leafHash(entries.get(i)), this::compare);
      }
    }
    if (!Arrays.equals(from.root(), head.rootBytes())) {
      throw anotherRoot(known, before);
    }
    comparePartials(from);
    wrong.ifPresent(Growth::refuse);
    return from;
  }

  private void compare(int level, long index, List<byte[]> hashes) {
    compare(TilePath.hashes(level, index, hashes.size()), hashes);
  }

  private void comparePartials(TileEdge edge) {
    long filled = head.size();
    var levels = edge.levels();
    for (int level = 0; level < levels.size(); level++) {
      if (!levels.get(level).isEmpty()) {
        compare(level, filled / TilePath.FULL, levels.get(level));
      }
      filled /= TilePath.FULL;
    }
  }

  private void compare(TilePath path, List<byte[]> hashes) {
    var served = tiles.hashes(path);
    for (int i = 0; i < hashes.size(); i++) {
      if (wrong.isEmpty() && !Arrays.equals(served.get(i), hashes.get(i))) {
        wrong = Optional.of(path); // a wrong root, found at the end, says more
      }
    }
  }

  private static void refuse(TilePath path) {
    throw new Alarm(
        Alarm.Kind.WRONG_TILES,
        "The tile %s does not hold the hashes of the entries.".formatted(path.text()),
        "タイル %s がエントリのハッシュと一致しない。".formatted(path.text()));
  }

  /// Either what was shown before is no part of the new tree, or the entries are not its leaves.
  private Alarm anotherRoot(long known, byte[] before) {
    var proof = new TileTree(head.size(), tiles::hashes).consistency(known);
    return Proofs.consistency(known, before, head.size(), head.rootBytes(), proof)
            instanceof ProofCheck.Holds
        ? new Alarm(
            Alarm.Kind.WRONG_ENTRIES,
            "The entries do not make the tree of size %d that was signed.".formatted(head.size()),
            "エントリから、署名された大きさ %d の木が得られない。".formatted(head.size()))
        : new Alarm(
            Alarm.Kind.SPLIT_VIEW,
            "SPLIT VIEW: the signed tree of size %d does not extend the one of size %d that was shown before."
                .formatted(head.size(), known),
            "分岐：署名された大きさ %d の木は、以前に示された大きさ %d の木の延長ではない。".formatted(head.size(), known));
  }
}
