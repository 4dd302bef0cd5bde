package dejima.attestation;

import dejima.evidence.Json;
import dejima.evidence.Reading;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.XECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContext;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;

/// A request's body, encrypted so that only a trusted execution environment with a certain
/// measurement can read it: HPKE (RFC 9180) in base mode with DHKEM(X25519, HKDF-SHA256),
/// HKDF-SHA256 and ChaCha20-Poly1305. Both ends derive from it the key of the answer, [AnswerKey].
///
/// On the wire it is canonical JSON with exactly these members. What stands outside the ciphertext
/// is all that a gateway sees, and all of it is authenticated.
///
/// ```
/// {"dejimaSealed": 2, "model": …, "class": …, "site": …, "key": sha256 of the key, hexadecimal,
///  "issued": epoch milliseconds, "enc": base64 of 32 bytes, "ciphertext": base64}
/// ```
///
/// @param model as clients name it; the body inside must name the same one
/// @param dataClass the label that the client claims; the gateway cannot inspect what is inside
/// @param site whose environment can open it
/// @param keyId hexadecimal SHA-256 of the environment's raw public key
/// @param issued when it was sealed, in epoch milliseconds by the client's clock: it is opened
///   once, and for a short time only
/// @param encapsulated HPKE's `enc`, base64
/// @param ciphertext base64
public record SealedPrompt(
    String model,
    String dataClass,
    String site,
    String keyId,
    long issued,
    String encapsulated,
    String ciphertext) {
  /// The member that marks a sealed body.
  public static final String MARK = "dejimaSealed";

  /// The version of the form.
  public static final long VERSION = 2;

  /// The label in HPKE's `info`, so that a key used elsewhere opens nothing of this.
  private static final byte[] INFO = "dejima sealed prompt v2".getBytes(StandardCharsets.US_ASCII);

  private static final int LONGEST = 64 << 20;
  private static final int KEY = 32;
  private static final int TAG = 16;
  private static final Set<String> MEMBERS =
      Set.of(MARK, "model", "class", "site", "key", "issued", "enc", "ciphertext");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@-]{0,199}");
  private static final Pattern CLASS = Pattern.compile("[a-z0-9][a-z0-9+,. -]{0,199}");

  /// Checks the form.
  public SealedPrompt {
    if (!NAME.matcher(model).matches() || !NAME.matcher(site).matches()) {
      throw new IllegalArgumentException("a sealed prompt names a model and a site");
    }
    if (!CLASS.matcher(dataClass).matches()) {
      throw new IllegalArgumentException("a sealed prompt names its data class");
    }
    if (!HASH.matcher(keyId).matches()) {
      throw new IllegalArgumentException("a sealed prompt names its key by 64 hexadecimal letters");
    }
    if (issued < 0) {
      throw new IllegalArgumentException("a sealed prompt says when it was sealed");
    }
    if (decoded(encapsulated).length != KEY || decoded(ciphertext).length < TAG) {
      throw new IllegalArgumentException(
          "a sealed prompt holds 32 bytes of 'enc' and a ciphertext");
    }
  }

  /// What sealing gives.
  ///
  /// @param prompt to be sent
  /// @param answerKey opens the answer; whoever has it can read that, so it stays with the asker
  public record Sealing(SealedPrompt prompt, AnswerKey answerKey) {}

  /// What opening gives.
  public static final class Opened {
    private final byte[] body;
    private final AnswerKey answerKey;

    private Opened(byte[] body, AnswerKey answerKey) {
      this.body = body;
      this.answerKey = answerKey;
    }

    /// The request's body; a copy.
    public byte[] body() {
      return body.clone();
    }

    /// Seals the answer.
    public AnswerKey answerKey() {
      return answerKey;
    }
  }

  private static byte[] decoded(String base64) {
    byte[] bytes = Base64.getDecoder().decode(base64);
    if (!Base64.getEncoder().encodeToString(bytes).equals(base64)) {
      throw new IllegalArgumentException("base64 in a form other than the canonical one");
    }
    return bytes;
  }

  /// The id of a key.
  public static String keyId(byte[] rawPublicKey) {
    return KeyBinding.sealingKeyId(rawPublicKey);
  }

  /// The raw 32 bytes of an X25519 key in DER (RFC 8410).
  public static Reading<byte[]> rawKey(byte[] subjectPublicKeyInfo) {
    try {
      PublicKey key =
          KeyFactory.getInstance("X25519")
              .generatePublic(new X509EncodedKeySpec(subjectPublicKeyInfo));
      if (key instanceof XECPublicKey) {
        byte[] encoded = key.getEncoded();
        return new Reading.Read<>(
            Arrays.copyOfRange(encoded, encoded.length - KEY, encoded.length));
      }
    } catch (GeneralSecurityException malformed) {
      return new Reading.Unreadable<>("not an X25519 key");
    }
    return new Reading.Unreadable<>("not an X25519 key");
  }

  /// The public key of a private one, both raw.
  ///
  /// @throws IllegalArgumentException if it has not 32 bytes
  public static byte[] publicKey(byte[] rawPrivateKey) {
    if (rawPrivateKey.length != KEY) {
      throw new IllegalArgumentException("an X25519 key has " + KEY + " bytes");
    }
    return new X25519PrivateKeyParameters(rawPrivateKey).generatePublicKey().getEncoded();
  }

  private static HPKE hpke() {
    return new HPKE(
        HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_CHACHA20_POLY1305);
  }

  /// Seals a request's body.
  ///
  /// @param rawPublicKey 32 bytes, taken from evidence that was verified
  /// @throws IllegalArgumentException if the key or a name breaks its rules
  public static Sealing seal(
      byte[] body,
      String model,
      String dataClass,
      String site,
      Instant issued,
      byte[] rawPublicKey) {
    if (rawPublicKey.length != KEY) {
      throw new IllegalArgumentException("an X25519 key has " + KEY + " bytes");
    }
    String keyId = keyId(rawPublicKey);
    long when = issued.toEpochMilli();
    try {
      HPKE hpke = hpke();
      HPKEContextWithEncapsulation sender =
          hpke.setupBaseS(hpke.deserializePublicKey(rawPublicKey), INFO);
      byte[] sealed =
          sender.seal(outer(model, dataClass, site, keyId, when).build().canonicalBytes(), body);
      byte[] enc = sender.getEncapsulation();
      return new Sealing(
          new SealedPrompt(
              model,
              dataClass,
              site,
              keyId,
              when,
              Base64.getEncoder().encodeToString(enc),
              Base64.getEncoder().encodeToString(sealed)),
          new AnswerKey(sender.export(AnswerKey.LABEL, AnswerKey.LENGTH), enc));
    } catch (InvalidCipherTextException impossible) {
      throw new IllegalArgumentException("the body cannot be sealed to this key", impossible);
    }
  }

  /// Opens it, as the environment does.
  ///
  /// @param rawPrivateKey 32 bytes that were released to this measurement only
  public Reading<Opened> open(byte[] rawPrivateKey, byte[] rawPublicKey) {
    if (!keyId.equals(keyId(rawPublicKey))) {
      return new Reading.Unreadable<>("sealed to another key");
    }
    try {
      HPKE hpke = hpke();
      AsymmetricCipherKeyPair pair = hpke.deserializePrivateKey(rawPrivateKey, rawPublicKey);
      byte[] enc = decoded(encapsulated);
      HPKEContext receiver = hpke.setupBaseR(enc, pair, INFO);
      byte[] opened =
          receiver.open(
              outer(model, dataClass, site, keyId, issued).build().canonicalBytes(),
              decoded(ciphertext));
      return new Reading.Read<>(
          new Opened(
              opened, new AnswerKey(receiver.export(AnswerKey.LABEL, AnswerKey.LENGTH), enc)));
    } catch (InvalidCipherTextException | IllegalArgumentException | IllegalStateException forged) {
      return new Reading.Unreadable<>("not sealed to this key, or changed since");
    }
  }

  /// Everything outside the ciphertext; as canonical JSON it is HPKE's `aad`.
  private static Json.Members outer(
      String model, String dataClass, String site, String keyId, long issued) {
    return Json.object()
        .put(MARK, VERSION)
        .put("model", model)
        .put("class", dataClass)
        .put("site", site)
        .put("key", keyId)
        .put("issued", issued);
  }

  /// The form on the wire.
  public byte[] bytes() {
    return outer(model, dataClass, site, keyId, issued)
        .put("enc", encapsulated)
        .put("ciphertext", ciphertext)
        .build()
        .canonicalBytes();
  }

  /// Reads the form on the wire, which has one text for each value.
  public static Reading<SealedPrompt> read(byte[] body) {
    return Json.read(body, LONGEST).then(json -> of(json, body));
  }

  private static Reading<SealedPrompt> of(Json json, byte[] body) {
    if (!(json instanceof Json.Obj object)
        || !object.members().stream().map(Json.Member::name).toList().containsAll(MEMBERS)
        || object.members().size() != MEMBERS.size()
        || !object.integer(MARK).equals(Optional.of(VERSION))) {
      return new Reading.Unreadable<>("a sealed prompt has exactly its eight members");
    }
    List<String> texts =
        List.of("model", "class", "site", "key", "enc", "ciphertext").stream()
            .flatMap(name -> object.string(name).stream())
            .toList();
    Optional<Long> when = object.integer("issued");
    if (texts.size() != 6 || when.isEmpty()) {
      return new Reading.Unreadable<>("a sealed prompt's members are texts and a time");
    }
    try {
      SealedPrompt read =
          new SealedPrompt(
              texts.get(0),
              texts.get(1),
              texts.get(2),
              texts.get(3),
              when.get(),
              texts.get(4),
              texts.get(5));
      return Arrays.equals(read.bytes(), body)
          ? new Reading.Read<>(read)
          : new Reading.Unreadable<>("a sealed prompt is canonical JSON");
    } catch (IllegalArgumentException broken) {
      return new Reading.Unreadable<>(String.valueOf(broken.getMessage()));
    }
  }
}
