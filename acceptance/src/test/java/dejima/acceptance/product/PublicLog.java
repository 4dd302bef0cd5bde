package dejima.acceptance.product;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/// The public log as a stranger reads it: C2SP checkpoint and tiles over HTTP, checked by a
/// calculation of its own after RFC 9162 §2.1.1 that shares no line with the product.
public final class PublicLog {
  private static final int TILE = 256;
  private static final int HASH = 32;
  private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private final URI base;
  private final HttpClient http = HttpClient.newHttpClient();
  private final String origin;
  private final long size;
  private final byte[] root;

  private PublicLog(URI base) {
    this.base = base;
    String note = new String(file("checkpoint"), StandardCharsets.UTF_8);
    String[] lines = note.split("\n", -1);
    this.origin = lines[0];
    this.size = Long.parseLong(lines[1]);
    this.root = Base64.getDecoder().decode(lines[2]);
    checkSignature(note);
  }

  /// The log at its newest tree head, whose signature has been checked.
  public static PublicLog of(GatewayProcess gateway) {
    return new PublicLog(gateway.url());
  }

  /// Entries below the tree head.
  public long size() {
    return size;
  }

  /// The tree head's root.
  public byte[] root() {
    return root.clone();
  }

  /// The log's origin.
  public String origin() {
    return origin;
  }

  private byte[] file(String name) {
    try {
      HttpResponse<byte[]> answer =
          http.send(
              HttpRequest.newBuilder(base.resolve("/log/" + name)).build(),
              BodyHandlers.ofByteArray());
      if (answer.statusCode() != 200) {
        throw new AssertionError("/log/" + name + " answers " + answer.statusCode());
      }
      return answer.body();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  private void checkSignature(String note) {
    String[] vkey = new String(file("keys"), StandardCharsets.UTF_8).strip().split("\\+", 3);
    byte[] typed = Base64.getDecoder().decode(vkey[2]);
    int end = note.indexOf("\n\n") + 1;
    byte[] text = note.substring(0, end).getBytes(StandardCharsets.UTF_8);
    boolean signed =
        note.substring(end + 1)
            .lines()
            .filter(line -> line.startsWith("— " + vkey[0] + " "))
            .map(line -> Base64.getDecoder().decode(line.substring(line.lastIndexOf(' ') + 1)))
            .anyMatch(signature -> verifies(typed, vkey[1], text, signature));
    if (!signed || typed[0] != 1) {
      throw new AssertionError("the checkpoint is not signed by the log's key:\n" + note);
    }
  }

  private static boolean verifies(byte[] typed, String id, byte[] text, byte[] signature) {
    try {
      byte[] raw = Arrays.copyOfRange(typed, 1, typed.length);
      byte[] encoded = Arrays.copyOf(ED25519_PREFIX, ED25519_PREFIX.length + HASH);
      System.arraycopy(raw, 0, encoded, ED25519_PREFIX.length, HASH);
      PublicKey key =
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key);
      verifier.update(text);
      return HexFormat.of().formatHex(signature, 0, 4).equals(id)
          && verifier.verify(Arrays.copyOfRange(signature, 4, signature.length));
    } catch (GeneralSecurityException broken) {
      throw new AssertionError(broken);
    }
  }

  /// Every entry, from the entry bundles.
  public List<byte[]> entries() {
    List<byte[]> entries = new ArrayList<>();
    for (long tile = 0; tile * TILE < size; tile++) {
      ByteBuffer bundle = ByteBuffer.wrap(file("tile/entries/" + name(tile, size)));
      while (bundle.hasRemaining()) {
        byte[] entry = new byte[Short.toUnsignedInt(bundle.getShort())];
        bundle.get(entry);
        entries.add(entry);
      }
    }
    return entries;
  }

  /// The hashes of one level, from its tiles; level 0 are the leaves, each further level has one
  /// hash for each full tile of the one below.
  public List<byte[]> level(int level) {
    long count = size;
    for (int i = 0; i < level; i++) {
      count /= TILE;
    }
    List<byte[]> hashes = new ArrayList<>();
    for (long tile = 0; tile * TILE < count; tile++) {
      byte[] bytes = file("tile/" + level + "/" + name(tile, count));
      for (int at = 0; at < bytes.length; at += HASH) {
        hashes.add(Arrays.copyOfRange(bytes, at, at + HASH));
      }
    }
    return hashes;
  }

  /// C2SP tlog-tiles: groups of three digits, all but the last marked, and the width of a tile that
  /// is not full.
  private static String name(long tile, long count) {
    String name = "%03d".formatted(tile % 1000);
    for (long rest = tile / 1000; rest > 0; rest /= 1000) {
      name = "x%03d/".formatted(rest % 1000) + name;
    }
    long width = Math.min(TILE, count - tile * TILE);
    return width == TILE ? name : name + ".p/" + width;
  }

  /// The hash of a leaf.
  public static byte[] leafHash(byte[] entry) {
    return sha256(new byte[] {0}, entry);
  }

  /// RFC 9162 §2.1.1 over leaf hashes.
  public static byte[] rootOf(List<byte[]> leaves) {
    if (leaves.isEmpty()) {
      return sha256();
    }
    if (leaves.size() == 1) {
      return leaves.getFirst();
    }
    int left = Integer.highestOneBit(leaves.size() - 1);
    return sha256(
        new byte[] {1},
        rootOf(leaves.subList(0, left)),
        rootOf(leaves.subList(left, leaves.size())));
  }

  /// RFC 9162 §2.1.3.1: the inclusion path of a leaf, its sibling first.
  public static List<byte[]> pathOf(int index, List<byte[]> leaves) {
    if (leaves.size() == 1) {
      return List.of();
    }
    int left = Integer.highestOneBit(leaves.size() - 1);
    List<byte[]> first = leaves.subList(0, left);
    List<byte[]> second = leaves.subList(left, leaves.size());
    List<byte[]> path =
        new ArrayList<>(index < left ? pathOf(index, first) : pathOf(index - left, second));
    path.add(rootOf(index < left ? second : first));
    return path;
  }

  /// SHA-256 over the parts in turn.
  public static byte[] sha256(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    try {
      return MessageDigest.getInstance("SHA-256").digest(all.toByteArray());
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
