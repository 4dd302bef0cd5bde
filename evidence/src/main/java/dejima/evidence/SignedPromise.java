package dejima.evidence;

import dejima.evidence.tree.Merkle;
import dejima.evidence.tree.Proofs;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A log's signed word that the entry with this body hash is durable and stands, or will stand in
/// the next tree head, at this index. One signature covers many promises: it is over the root of a
/// small Merkle tree whose leaves are the promises made together.
///
/// @param index the entry's place in the log
/// @param bodyHash base64 SHA-256 of the body
/// @param time epoch milliseconds of the signature
/// @param position this promise's place among those signed together
/// @param count how many were signed together
/// @param path from this promise's leaf to the root, each 32 bytes in base64
/// @param signature Ed25519 signature by the log's key over [#message], base64
public record SignedPromise(
    long index,
    String bodyHash,
    long time,
    int position,
    int count,
    List<String> path,
    String signature) {

  private static final int MAX_PATH = 20;

  /// Checks every component's form.
  public SignedPromise {
    if (index < 0 || time < 0 || position < 0 || position >= count || count > 1 << MAX_PATH) {
      throw new IllegalArgumentException("promise: number out of range");
    }
    if (path.size() > MAX_PATH) {
      throw new IllegalArgumentException("promise: path too long");
    }
    path = List.copyOf(path);
    path.forEach(hash -> StrictBase64.read(hash, 32).orThrow());
    StrictBase64.read(bodyHash, 32).orThrow();
    StrictBase64.read(signature, 64).orThrow();
  }

  /// A promise's leaf: index, then the log entry that the body makes.
  static byte[] leafHash(long index, byte[] bodyHash) {
    byte[] prefix = ByteBuffer.allocate(9).putLong(index).put(Body.ENTRY_TYPE).array();
    return Merkle.leafHash(prefix, bodyHash);
  }

  /// What is signed: five lines that name format, log, count, root and time.
  static byte[] message(String origin, int count, byte[] root, long time) {
    String text =
        "dejima.promise/v1\n"
            + (origin + '\n')
            + (count + "\n")
            + (StrictBase64.text(root) + '\n')
            + (time + "\n");
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// The compact form of the `Dejima-Promise` header.
  public String headerValue() {
    return "v1;i="
        + index
        + (";h=" + bodyHash)
        + (";t=" + time)
        + (";p=" + position + '/' + count)
        + (";m=" + String.join(",", path))
        + (";s=" + signature);
  }

  /// Reads the compact form; it has exactly one text per promise.
  public static Reading<SignedPromise> parse(String headerValue) {
    if (headerValue.length() > 4096) {
      return new Reading.Unreadable<>("promise: too long");
    }
    try {
      var promise = fields(headerValue);
      return promise.headerValue().equals(headerValue)
          ? new Reading.Read<>(promise)
          : new Reading.Unreadable<>("promise: not in its one form");
    } catch (IllegalArgumentException e) {
      return new Reading.Unreadable<>("promise: a part has the wrong form");
    }
  }

  private static SignedPromise fields(String headerValue) {
    String[] parts = headerValue.split(";", -1);
    if (parts.length != 7 || !parts[0].equals("v1")) {
      throw new IllegalArgumentException("seven parts expected");
    }
    String[] place = field(parts[4], "p").split("/", -1);
    if (place.length != 2) {
      throw new IllegalArgumentException("two numbers expected");
    }
    String path = field(parts[5], "m");
    return new SignedPromise(
        Long.parseLong(field(parts[1], "i")),
        field(parts[2], "h"),
        Long.parseLong(field(parts[3], "t")),
        Integer.parseInt(place[0]),
        Integer.parseInt(place[1]),
        path.isEmpty() ? List.of() : List.of(path.split(",", -1)),
        field(parts[6], "s"));
  }

  private static String field(String part, String name) {
    if (!part.startsWith(name + "=")) {
      throw new IllegalArgumentException(name + " expected");
    }
    return part.substring(name.length() + 1);
  }

  /// Checks that the log with this key made the promise; says why if not.
  public Reading<SignedPromise> verify(NoteKey log) {
    if (log.type() != SignatureType.ED25519) {
      return new Reading.Unreadable<>("not the key of a log");
    }
    byte[] leaf = leafHash(index, StrictBase64.read(bodyHash, 32).orThrow());
    var hashes = new ArrayList<byte[]>();
    path.forEach(hash -> hashes.add(StrictBase64.read(hash, 32).orThrow()));
    return Proofs.root(position, count, leaf, hashes)
        .map(root -> signed(log, root))
        .orElse(new Reading.Unreadable<>("the promise's path does not fit its place"));
  }

  private Reading<SignedPromise> signed(NoteKey log, byte[] root) {
    byte[] message = message(log.name(), count, root, time);
    return log.verifies(message, StrictBase64.read(signature, 64).orThrow())
        ? new Reading.Read<>(this)
        : new Reading.Unreadable<>("the log did not sign this promise");
  }
}
