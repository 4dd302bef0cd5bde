package dejima.evidence;

import dejima.evidence.tree.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// A public key that verifies signature lines of notes. Its text form is C2SP's vkey,
/// `name+hash+base64`: key name, key ID in hexadecimal, type byte and key.
public final class NoteKey {
  /// The one Unicode space above U+0020 that Java does not count among spaces.
  private static final int NEXT_LINE = 0x85;

  private final String name;
  private final SignatureType type;
  private final byte[] key;
  private final int id;

  /// @param name not empty, without spaces, control characters and `+`
  /// @param type what the key signs
  /// @param key the raw bytes: 32 of Ed25519 (RFC 8032 §5.1.5), 1312 of ML-DSA-44 (FIPS 204 §4)
  /// @throws IllegalArgumentException if name or key break their rules
  public NoteKey(String name, SignatureType type, byte[] key) {
    if (!isName(name)) {
      throw new IllegalArgumentException("not a key name");
    }
    if (key.length != type.keyLength()) {
      throw new IllegalArgumentException(
          "a public key of this kind has other than %d bytes".formatted(key.length));
    }
    this.name = name;
    this.type = type;
    this.key = key.clone();
    this.id = id(name, type, key);
  }

  static boolean isName(String name) {
    return !name.isEmpty()
        && name.codePoints()
            .noneMatch(c -> c < 0x20 || c == '+' || c == NEXT_LINE || Character.isSpaceChar(c));
  }

  private static int id(String name, SignatureType type, byte[] key) {
    byte[] hash =
        Sha256.of(name.getBytes(StandardCharsets.UTF_8), new byte[] {'\n', type.code()}, key);
    return ByteBuffer.wrap(hash).getInt();
  }

  /// Reads the vkey text form; the hash must be the key's own.
  public static Reading<NoteKey> parse(String vkey) {
    String[] parts = vkey.split("\\+", 3);
    if (parts.length != 3 || !isName(parts[0])) {
      return new Reading.Unreadable<>("a key is written name+hash+base64");
    }
    return StrictBase64.read(parts[2])
        .then(typed ->
            typeOf(typed)
                .map(type -> matching(vkey, parts[0], type, typed))
                .orElse(new Reading.Unreadable<>("unknown kind or length of signature key")));
  }

  private static Optional<SignatureType> typeOf(byte[] typed) {
    return typed.length == 0
        ? Optional.empty()
        : SignatureType.of(typed[0]).filter(type -> typed.length == 1 + type.keyLength());
  }

  private static Reading<NoteKey> matching(
      String vkey, String name, SignatureType type, byte[] typed) {
    var key = new NoteKey(name, type, Arrays.copyOfRange(typed, 1, typed.length));
    return key.text().equals(vkey)
        ? new Reading.Read<>(key)
        : new Reading.Unreadable<>("the key's hash is not that of its name and bytes");
  }

  /// The key name: for a log, its origin.
  public String name() {
    return name;
  }

  /// What the key signs.
  public SignatureType type() {
    return type;
  }

  /// The raw public key.
  public byte[] bytes() {
    return key.clone();
  }

  /// The key ID that signature lines carry.
  public int id() {
    return id;
  }

  /// The vkey text form.
  public String text() {
    return name + "+" + HexFormat.of().toHexDigits(id) + "+" + StrictBase64.text(typed(type, key));
  }

  static byte[] typed(SignatureType type, byte[] bytes) {
    return ByteBuffer.allocate(1 + bytes.length).put(type.code()).put(bytes).array();
  }

  /// Did this key sign exactly this message?
  public boolean verifies(byte[] message, byte[] signature) {
    return switch (type) {
      case ED25519, COSIGNATURE_ED25519 -> Ed25519.verifies(key, message, signature);
      case COSIGNATURE_ML_DSA_44 -> MlDsa44.verifies(key, message, signature);
    };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NoteKey that && text().equals(that.text());
  }

  @Override
  public int hashCode() {
    return id;
  }

  @Override
  public String toString() {
    return text();
  }
}
