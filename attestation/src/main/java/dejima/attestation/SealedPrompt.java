package dejima.attestation;

import dejima.evidence.Json;
import dejima.evidence.Reading;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.XECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;

/// A request's body, encrypted so that only a trusted execution environment with a certain
/// measurement can read it: HPKE (RFC 9180) in base mode with DHKEM(X25519, HKDF-SHA256),
/// HKDF-SHA256 and ChaCha20-Poly1305.
///
/// On the wire it is canonical JSON with exactly these members. What stands outside the ciphertext
/// is all that a gateway sees, and all of it is authenticated.
///
/// ```
/// {"dejimaSealed": 1, "model": …, "class": …, "site": …, "key": sha256 of the key, hexadecimal,
///  "enc": base64 of 32 bytes, "ciphertext": base64}
/// ```
///
/// @param model as clients name it
/// @param dataClass the label that the client claims; the gateway cannot inspect what is inside
/// @param site whose environment can open it
/// @param keyId hexadecimal SHA-256 of the environment's raw public key
/// @param encapsulated HPKE's `enc`, base64
/// @param ciphertext base64
public record SealedPrompt(
    String model,
    String dataClass,
    String site,
    String keyId,
    String encapsulated,
    String ciphertext) {
  /// The media type of a sealed body.
  public static final String MEDIA_TYPE = "application/vnd.dejima.sealed+json";

  /// The label in HPKE's `info`, so that a key used elsewhere opens nothing of this.
  private static final byte[] INFO = "dejima sealed prompt v1".getBytes(StandardCharsets.US_ASCII);

  private static final int LONGEST = 32 << 20;
  private static final int KEY = 32;
  private static final int TAG = 16;
  private static final Set<String> MEMBERS =
      Set.of("dejimaSealed", "model", "class", "site", "key", "enc", "ciphertext");
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
    if (decoded(encapsulated).length != KEY || decoded(ciphertext).length < TAG) {
      throw new IllegalArgumentException(
          "a sealed prompt holds 32 bytes of 'enc' and a ciphertext");
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
    return HexFormat.of().formatHex(KeyBinding.digest("SHA-256").digest(rawPublicKey));
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

  private static HPKE hpke() {
    return new HPKE(
        HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_CHACHA20_POLY1305);
  }

  /// Seals a request's body.
  ///
  /// @param rawPublicKey 32 bytes, taken from evidence that was verified
  /// @throws IllegalArgumentException if the key or a name breaks its rules
  public static SealedPrompt seal(
      byte[] body, String model, String dataClass, String site, byte[] rawPublicKey) {
    if (rawPublicKey.length != KEY) {
      throw new IllegalArgumentException("an X25519 key has " + KEY + " bytes");
    }
    String keyId = keyId(rawPublicKey);
    try {
      HPKE hpke = hpke();
      HPKEContextWithEncapsulation sender =
          hpke.setupBaseS(hpke.deserializePublicKey(rawPublicKey), INFO);
      byte[] sealed = sender.seal(authenticated(model, dataClass, site, keyId), body);
      return new SealedPrompt(
          model,
          dataClass,
          site,
          keyId,
          Base64.getEncoder().encodeToString(sender.getEncapsulation()),
          Base64.getEncoder().encodeToString(sealed));
    } catch (InvalidCipherTextException impossible) {
      throw new IllegalArgumentException("the body cannot be sealed to this key", impossible);
    }
  }

  /// Opens it, as the environment does.
  ///
  /// @param rawPrivateKey 32 bytes that were released to this measurement only
  public Reading<byte[]> open(byte[] rawPrivateKey, byte[] rawPublicKey) {
    if (!keyId.equals(keyId(rawPublicKey))) {
      return new Reading.Unreadable<>("sealed to another key");
    }
    try {
      HPKE hpke = hpke();
      AsymmetricCipherKeyPair pair = hpke.deserializePrivateKey(rawPrivateKey, rawPublicKey);
      byte[] opened =
          hpke.setupBaseR(decoded(encapsulated), pair, INFO)
              .open(authenticated(model, dataClass, site, keyId), decoded(ciphertext));
      return new Reading.Read<>(opened);
    } catch (InvalidCipherTextException | IllegalArgumentException | IllegalStateException forged) {
      return new Reading.Unreadable<>("not sealed to this key, or changed since");
    }
  }

  /// HPKE's `aad`: everything outside the ciphertext, as canonical JSON.
  private static byte[] authenticated(String model, String dataClass, String site, String keyId) {
    return outer(model, dataClass, site, keyId).build().canonicalBytes();
  }

  private static Json.Members outer(String model, String dataClass, String site, String keyId) {
    return Json.object()
        .put("dejimaSealed", 1)
        .put("model", model)
        .put("class", dataClass)
        .put("site", site)
        .put("key", keyId);
  }

  /// The form on the wire.
  public byte[] bytes() {
    return outer(model, dataClass, site, keyId)
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
        || !object.integer("dejimaSealed").equals(Optional.of(1L))) {
      return new Reading.Unreadable<>("a sealed prompt has exactly its seven members");
    }
    List<String> texts =
        List.of("model", "class", "site", "key", "enc", "ciphertext").stream()
            .flatMap(name -> object.string(name).stream())
            .toList();
    if (texts.size() != 6) {
      return new Reading.Unreadable<>("a sealed prompt's members are texts");
    }
    try {
      SealedPrompt read =
          new SealedPrompt(
              texts.get(0), texts.get(1), texts.get(2), texts.get(3), texts.get(4), texts.get(5));
      return Arrays.equals(read.bytes(), body)
          ? new Reading.Read<>(read)
          : new Reading.Unreadable<>("a sealed prompt is canonical JSON");
    } catch (IllegalArgumentException broken) {
      return new Reading.Unreadable<>(String.valueOf(broken.getMessage()));
    }
  }
}
