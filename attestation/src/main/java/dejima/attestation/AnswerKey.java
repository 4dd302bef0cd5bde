package dejima.attestation;

import dejima.evidence.Json;
import dejima.evidence.Reading;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/// The secret from which the key of one answer is derived: both ends of one sealed prompt export it
/// from HPKE's context (RFC 9180 §5.3), and nobody else has it. Only the answer to that very prompt
/// can be sealed with it.
public final class AnswerKey {
  /// The media type of a sealed answer.
  public static final String MEDIA_TYPE = "application/vnd.dejima.sealed-answer";

  static final byte[] LABEL = "dejima sealed answer v1".getBytes(StandardCharsets.US_ASCII);
  static final int LENGTH = 32;

  private static final long VERSION = 1;
  private static final int NONCE = 12;

  private final byte[] secret;
  private final byte[] encapsulated;

  /// @param secret what both ends exported, 32 bytes
  /// @param encapsulated HPKE's `enc` of the prompt, 32 bytes
  AnswerKey(byte[] secret, byte[] encapsulated) {
    if (secret.length != LENGTH || encapsulated.length != LENGTH) {
      throw new IllegalArgumentException("an answer's key has twice 32 bytes");
    }
    this.secret = secret.clone();
    this.encapsulated = encapsulated.clone();
  }

  /// Seals the answer; at most once for each prompt that was opened.
  ///
  /// @param random cryptographically strong
  public AnswerSealer sealing(RandomGenerator random) {
    byte[] nonce = new byte[LENGTH];
    random.nextBytes(nonce);
    return new AnswerSealer(nonce, cipher(nonce));
  }

  /// Opens the answer.
  public AnswerOpener opening() {
    return new AnswerOpener(this);
  }

  /// Key and nonce as RFC 9458 §4.4 derives them.
  ///
  /// @param responseNonce the answer's first 32 bytes
  AnswerCipher cipher(byte[] responseNonce) {
    byte[] salt = Arrays.copyOf(encapsulated, LENGTH + responseNonce.length);
    System.arraycopy(responseNonce, 0, salt, LENGTH, responseNonce.length);
    return new AnswerCipher(derived(salt, "key", LENGTH), derived(salt, "nonce", NONCE));
  }

  private byte[] derived(byte[] salt, String info, int length) {
    HKDFParameterSpec how =
        HKDFParameterSpec.ofExtract()
            .addIKM(secret)
            .addSalt(salt)
            .thenExpand(info.getBytes(StandardCharsets.US_ASCII), length);
    try {
      return KDF.getInstance("HKDF-SHA256").deriveData(how);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("JDK 25 has HKDF", missing);
    }
  }

  /// Its text in a file that nobody else may read: `{"dejimaAnswerKey": 1, "enc": …, "secret": …}`.
  public String text() {
    return Json.object()
        .put("dejimaAnswerKey", VERSION)
        .put("enc", Base64.getEncoder().encodeToString(encapsulated))
        .put("secret", Base64.getEncoder().encodeToString(secret))
        .build()
        .canonicalText();
  }

  /// Reads what [#text] writes.
  public static Reading<AnswerKey> parse(String text) {
    return Json.read(text.strip().getBytes(StandardCharsets.UTF_8)).then(AnswerKey::of);
  }

  private static Reading<AnswerKey> of(Json json) {
    if (!(json instanceof Json.Obj object)
        || object.members().size() != 3
        || !object.integer("dejimaAnswerKey").equals(Optional.of(VERSION))) {
      return new Reading.Unreadable<>("not an answer's key as 'dejima seal' writes it");
    }
    try {
      return new Reading.Read<>(
          new AnswerKey(
              Base64.getDecoder().decode(object.string("secret").orElse("")),
              Base64.getDecoder().decode(object.string("enc").orElse(""))));
    } catch (IllegalArgumentException malformed) {
      return new Reading.Unreadable<>("not an answer's key: " + malformed.getMessage());
    }
  }
}
