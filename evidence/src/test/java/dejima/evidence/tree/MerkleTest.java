package dejima.evidence.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// Trees, proofs and tiles against definitions written down once more, as plainly as RFC 9162 does.
final class MerkleTest {
  private static final ProofCheck HOLDS = new ProofCheck.Holds();

  private static List<byte[]> leaves(int count) {
    return LongStream.range(0, count)
        .mapToObj(i -> Merkle.leafHash(ByteBuffer.allocate(8).putLong(i).array()))
        .toList();
  }

  /// MTH of RFC 9162 §2.1.1.
  private static byte[] naiveRoot(List<byte[]> leaves) {
    int n = leaves.size();
    if (n < 2) {
      return n == 0 ? Sha256.of() : leaves.getFirst();
    }
    int k = split(n);
    return Merkle.nodeHash(naiveRoot(leaves.subList(0, k)), naiveRoot(leaves.subList(k, n)));
  }

  private static int split(int n) {
    int k = 1;
    while (2 * k < n) {
      k *= 2;
    }
    return k;
  }

  /// PATH of RFC 9162 §2.1.3.1.
  private static List<byte[]> naivePath(int m, List<byte[]> leaves) {
    int n = leaves.size();
    if (n == 1) {
      return List.of();
    }
    int k = split(n);
    var left = leaves.subList(0, k);
    var right = leaves.subList(k, n);
    var path = new ArrayList<>(m < k ? naivePath(m, left) : naivePath(m - k, right));
    path.add(naiveRoot(m < k ? right : left));
    return path;
  }

  /// SUBPROOF of RFC 9162 §2.1.4.1.
  private static List<byte[]> naiveConsistency(int m, List<byte[]> leaves, boolean known) {
    int n = leaves.size();
    if (m == n) {
      return known ? List.of() : List.of(naiveRoot(leaves));
    }
    int k = split(n);
    var left = leaves.subList(0, k);
    var right = leaves.subList(k, n);
    var proof =
        new ArrayList<>(
            m <= k ? naiveConsistency(m, left, known) : naiveConsistency(m - k, right, false));
    proof.add(naiveRoot(m <= k ? right : left));
    return proof;
  }

  @Test
  void hashesNothingAndOneLeafAsTheRfcDoes() {
    assertThat(HexFormat.of().formatHex(Merkle.root(List.of())))
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertThat(HexFormat.of().formatHex(Merkle.root(List.of(Merkle.leafHash(new byte[0])))))
        .isEqualTo("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  }

  @Property(tries = 150)
  void rootsAndPathsAreThoseOfTheDefinition(@ForAll @IntRange(min = 1, max = 130) int size) {
    var leaves = leaves(size);
    var tree = Merkle.over(leaves);

    assertThat(tree.root()).isEqualTo(naiveRoot(leaves));
    for (int i = 0; i < size; i++) {
      assertThat(tree.path(i))
          .usingElementComparator(java.util.Arrays::compare)
          .containsExactlyElementsOf(naivePath(i, leaves));
      assertThat(Proofs.inclusion(i, size, leaves.get(i), tree.path(i), tree.root()))
          .isEqualTo(HOLDS);
    }
  }

  @Property(tries = 60)
  void everyOtherIndexSizeOrderOrLengthIsRefused(
      @ForAll @IntRange(min = 1, max = 70) int size, @ForAll @IntRange(max = 69) int any) {
    var leaves = leaves(size);
    int index = any % size;
    var path = naivePath(index, leaves);
    byte[] root = naiveRoot(leaves);
    byte[] leaf = leaves.get(index);

    for (int other = -2; other < size + 3; other++) {
      if (other != index) {
        assertThat(Proofs.inclusion(other, size, leaf, path, root)).isNotEqualTo(HOLDS);
      }
    }
    for (int i = 0; i + 1 < path.size(); i++) {
      var swapped = new ArrayList<>(path);
      java.util.Collections.swap(swapped, i, i + 1);
      assertThat(Proofs.inclusion(index, size, leaf, swapped, root)).isNotEqualTo(HOLDS);
    }
    var longer = new ArrayList<>(path);
    longer.add(root);
    assertThat(Proofs.inclusion(index, size, leaf, longer, root)).isNotEqualTo(HOLDS);
    if (!path.isEmpty()) {
      var shorter = path.subList(0, path.size() - 1);
      assertThat(Proofs.inclusion(index, size, leaf, shorter, root)).isNotEqualTo(HOLDS);
      assertThat(Proofs.inclusion(index, size, root, List.of(), root)).isNotEqualTo(HOLDS);
    }
    assertThat(Proofs.inclusion(0, 0, leaf, List.of(), leaf)).isNotEqualTo(HOLDS);
    assertThat(Proofs.inclusion(0, Long.MAX_VALUE, leaf, path, root)).isNotEqualTo(HOLDS);
  }

  @Property(tries = 100)
  void consistencyHoldsForEveryPrefixAndNothingElse(
      @ForAll @IntRange(min = 1, max = 80) int size, @ForAll @IntRange(max = 80) int any) {
    var leaves = leaves(size);
    int first = any % (size + 1);
    byte[] root = naiveRoot(leaves);
    byte[] firstRoot = naiveRoot(leaves.subList(0, first));
    List<byte[]> proof =
        first == 0 || first == size ? List.of() : naiveConsistency(first, leaves, true);

    assertThat(Proofs.consistency(first, firstRoot, size, root, proof)).isEqualTo(HOLDS);
    byte[] other = Sha256.of(root);
    assertThat(Proofs.consistency(first, other, size, root, proof)).isNotEqualTo(HOLDS);
    if (first > 0) {
      assertThat(Proofs.consistency(first, firstRoot, size, other, proof)).isNotEqualTo(HOLDS);
    }
    var longer = new ArrayList<>(proof);
    longer.add(other);
    assertThat(Proofs.consistency(first, firstRoot, size, root, longer)).isNotEqualTo(HOLDS);
    assertThat(Proofs.consistency(size + 1L, firstRoot, size, root, proof)).isNotEqualTo(HOLDS);
  }

  @Property(tries = 40)
  void tilesGiveTheSameRootsAndPaths(@ForAll @IntRange(min = 1, max = 70_000) int size) {
    var leaves = leaves(size);
    Map<TilePath, List<byte[]>> tiles = new HashMap<>();
    var edge = new TileEdge();
    for (byte[] leaf : leaves) {
      edge.add(leaf, (l, n, hashes) -> tiles.put(TilePath.hashes(l, n, 256), hashes));
    }
    var partials = edge.levels();
    long filled = size;
    for (int l = 0; l < partials.size(); l++, filled /= 256) {
      if (!partials.get(l).isEmpty()) {
        tiles.put(TilePath.hashes(l, filled / 256, partials.get(l).size()), partials.get(l));
      }
    }

    var whole = Merkle.over(leaves);
    var read =
        new TileTree(size, tile -> java.util.Optional.ofNullable(tiles.get(tile)).orElseThrow());

    assertThat(edge.root()).isEqualTo(whole.root());
    assertThat(TileEdge.of(size, partials).root()).isEqualTo(whole.root());
    for (int index : new int[] {0, size / 3, size / 2, size - 1}) {
      assertThat(read.path(index))
          .usingElementComparator(java.util.Arrays::compare)
          .containsExactlyElementsOf(whole.path(index));
    }
    assertThat(read.root()).isEqualTo(whole.root());
    for (int first : new int[] {0, 1, size / 3, size / 2, size - 1, size}) {
      assertThat(read.consistency(first))
          .usingElementComparator(java.util.Arrays::compare)
          .containsExactlyElementsOf(
              first == 0 ? List.of() : naiveConsistency(first, leaves, true));
    }
  }

  @Test
  void namesTilesAsTheSpecificationDoes() {
    assertThat(TilePath.hashes(0, 1_234_067, 256).text()).isEqualTo("tile/0/x001/x234/067");
    assertThat(TilePath.hashes(1, 0, 17).text()).isEqualTo("tile/1/000.p/17");
    assertThat(TilePath.entries(273, 112).text()).isEqualTo("tile/entries/273.p/112");
    assertThat(TilePath.entries(1000, 256).text()).isEqualTo("tile/entries/x001/000");
  }

  /// The tree that implementations of RFC 6962 and RFC 9162 share as a test: its eight entries, and
  /// the roots of its first leaves.
  private static final List<String> ENTRIES =
      List.of(
          "",
          "00",
          "10",
          "2021",
          "3031",
          "40414243",
          "5051525354555657",
          "606162636465666768696a6b6c6d6e6f");

  private static final List<String> ROOTS =
      List.of(
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  private static List<byte[]> bytes(String... hex) {
    return Arrays.stream(hex).map(HexFormat.of()::parseHex).toList();
  }

  private static byte[] root(int size) {
    return HexFormat.of().parseHex(ROOTS.get(size - 1));
  }

  @Test
  void hasTheRootsOfTheSharedTree() {
    for (int size = 1; size <= 8; size++) {
      var leaves =
          ENTRIES.subList(0, size).stream()
              .map(hex -> Merkle.leafHash(HexFormat.of().parseHex(hex)))
              .toList();
      assertThat(Merkle.root(leaves)).as("size %d", size).isEqualTo(root(size));
    }
  }

  @Test
  void acceptsTheProofsOfTheSharedTree() {
    var path =
        bytes(
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
    byte[] leaf = Merkle.leafHash(HexFormat.of().parseHex(ENTRIES.get(5)));
    assertThat(Proofs.inclusion(5, 8, leaf, path, root(8))).isEqualTo(new ProofCheck.Holds());

    var proof =
        bytes(
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
    assertThat(Proofs.consistency(6, root(6), 8, root(8), proof)).isEqualTo(new ProofCheck.Holds());
  }

  /// What those who check the path before the place, or the place alone, let through.
  @Test
  void refusesTheEdgesOfTheNumbers() {
    byte[] leaf = Merkle.leafHash(new byte[0]);
    assertThat(Proofs.inclusion(0, 1, leaf, List.of(), leaf)).isEqualTo(new ProofCheck.Holds());
    for (long[] place : new long[][] {{0, 0}, {1, 1}, {-1, 1}, {0, -1}, {Long.MAX_VALUE, 1}}) {
      assertThat(Proofs.inclusion(place[0], place[1], leaf, List.of(), leaf))
          .isInstanceOf(ProofCheck.Fails.class);
    }
    for (long size : new long[] {2, 3, 1L << 62, Long.MAX_VALUE}) {
      assertThat(Proofs.inclusion(0, size, leaf, List.of(), leaf))
          .isInstanceOf(ProofCheck.Fails.class);
      assertThat(Proofs.consistency(1, leaf, size, leaf, List.of()))
          .isInstanceOf(ProofCheck.Fails.class);
      assertThat(Proofs.consistency(size, leaf, size, leaf, List.of(leaf)))
          .isInstanceOf(ProofCheck.Fails.class);
      assertThat(Proofs.consistency(size, leaf, 1, leaf, List.of()))
          .isInstanceOf(ProofCheck.Fails.class);
      assertThat(Proofs.consistency(0, leaf, size, leaf, List.of()))
          .as("the empty tree has one root")
          .isInstanceOf(ProofCheck.Fails.class);
    }
    assertThat(Proofs.inclusion(0, 1, leaf, java.util.Collections.nCopies(100_000, leaf), leaf))
        .isInstanceOf(ProofCheck.Fails.class);
  }
}
