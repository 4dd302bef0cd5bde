package dejima.evidence;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// The private half of a log's key, as its key file holds it: `PRIVATE+KEY+name+hash+base64(type ‖
/// seed)`. It never prints itself.
public final class NoteSecret {
  private static final String PREFIX = "PRIVATE+KEY+";

  private final String name;
  private final byte[] seed;

  private NoteSecret(String name, byte[] seed) {
    if (!NoteKey.isName(name)) {
      throw new IllegalArgumentException("not a key name");
    }
    this.name = name;
    this.seed = seed.clone();
  }

  /// A new secret.
  ///
  /// @param random cryptographically strong, such as a `SecureRandom`
  public static NoteSecret generate(String name, RandomGenerator random) {
    byte[] seed = new byte[Ed25519.SEED_LENGTH];
    random.nextBytes(seed);
    return new NoteSecret(name, seed);
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
    if (typed[0] != SignatureType.ED25519.code()) {
      return new Reading.Unreadable<>("only Ed25519 keys sign here");
    }
    var secret = new NoteSecret(name, Arrays.copyOfRange(typed, 1, typed.length));
    return secret.keyFile().equals(text)
        ? new Reading.Read<>(secret)
        : new Reading.Unreadable<>("the private key's hash is not that of its name and bytes");
  }

  /// The key name.
  public String name() {
    return name;
  }

  /// The private key itself, 32 bytes: for signers only.
  public byte[] seed() {
    return seed.clone();
  }

  /// The public half.
  public NoteKey key() {
    return Signer.ed25519(this).key();
  }

  /// The text form, which is as secret as the key.
  public String keyFile() {
    String hash = HexFormat.of().toHexDigits(key().id());
    return PREFIX
        + name
        + "+"
        + hash
        + "+"
        + StrictBase64.text(NoteKey.typed(SignatureType.ED25519, seed));
  }

  @Override
  public String toString() {
    return "NoteSecret[" + name + "]";
  }
}
