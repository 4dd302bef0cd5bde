package dejima.evidence;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// The private half of a log's or a witness's key, as its key file holds it:
/// `PRIVATE+KEY+name+hash+base64(type ‖ seed)`. It never prints itself.
public final class NoteSecret {
  private static final String PREFIX = "PRIVATE+KEY+";

  private final String name;
  private final SignatureType type;
  private final byte[] seed;

  private NoteSecret(String name, SignatureType type, byte[] seed) {
    if (!NoteKey.isName(name)) {
      throw new IllegalArgumentException("not a key name");
    }
    this.name = name;
    this.type = type;
    this.seed = seed.clone();
  }

  /// A new secret of a log.
  ///
  /// @param random cryptographically strong, such as a `SecureRandom`
  public static NoteSecret generate(String name, RandomGenerator random) {
    return generate(name, SignatureType.ED25519, random);
  }

  /// A new secret for signatures of a type.
  ///
  /// @param random cryptographically strong, such as a `SecureRandom`
  public static NoteSecret generate(String name, SignatureType type, RandomGenerator random) {
    byte[] seed = new byte[Ed25519.SEED_LENGTH];
    random.nextBytes(seed);
    return new NoteSecret(name, type, seed);
  }

  /// Reads the text form; the hash must be the key's own. White space around it is ignored.
  public static Reading<NoteSecret> parse(String keyFile) {
    String text = keyFile.strip();
    String[] parts = text.split("\\+", 5);
    if (!text.startsWith(PREFIX) || parts.length != 5 || !NoteKey.isName(parts[2])) {
      return new Reading.Unreadable<>("a private key is written PRIVATE+KEY+name+hash+base64");
    }
    return StrictBase64.read(parts[4], 1 + Ed25519.SEED_LENGTH)
        .then(typed -> matching(text, parts[2], typed));
  }

  private static Reading<NoteSecret> matching(String text, String name, byte[] typed) {
    return SignatureType.of(typed[0])
        .map(type ->
            matching(text, new NoteSecret(name, type, Arrays.copyOfRange(typed, 1, typed.length))))
        .orElse(new Reading.Unreadable<>("unknown kind of signature key"));
  }

  private static Reading<NoteSecret> matching(String text, NoteSecret secret) {
    return secret.keyFile().equals(text)
        ? new Reading.Read<>(secret)
        : new Reading.Unreadable<>("the private key's hash is not that of its name and bytes");
  }

  /// The key name.
  public String name() {
    return name;
  }

  /// What the key signs.
  public SignatureType type() {
    return type;
  }

  /// The private key itself, 32 bytes: for signers only.
  public byte[] seed() {
    return seed.clone();
  }

  /// The public half.
  public NoteKey key() {
    return switch (type) {
      case ED25519, COSIGNATURE_ED25519 ->
          new NoteKey(name, type, Ed25519.publicKey(Ed25519.fromSeed(seed)));
      case COSIGNATURE_ML_DSA_44 ->
          new NoteKey(name, type, MlDsa44.publicKey(MlDsa44.fromSeed(seed)));
    };
  }

  /// The text form, which is as secret as the key.
  public String keyFile() {
    String hash = HexFormat.of().toHexDigits(key().id());
    return PREFIX + name + "+" + hash + "+" + StrictBase64.text(NoteKey.typed(type, seed));
  }

  @Override
  public String toString() {
    return "NoteSecret[" + name + "]";
  }
}
