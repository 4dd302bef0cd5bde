package dejima.audit.landmark;

import dejima.evidence.NoteSecret;
import dejima.evidence.Reading;
import dejima.evidence.Signer;
import dejima.evidence.StrictBase64;
import dejima.location.P256;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;

/// What a landmark keeps: `landmark.properties`, `landmark.key`, which signs, and `agreement.key`,
/// from which session keys come.
record LandmarkFolder(Path path) {
  static final String SETTINGS = "landmark.properties";

  Path settingsFile() {
    return path.resolve(SETTINGS);
  }

  private SecretFile signingFile() {
    return new SecretFile(path.resolve("landmark.key"));
  }

  private SecretFile agreementFile() {
    return new SecretFile(path.resolve("agreement.key"));
  }

  /// Makes both keys; the signing key bears the landmark's name.
  Signer createKeys(String id, SecureRandom random) {
    NoteSecret secret = NoteSecret.generate(id, random);
    signingFile().create(secret.keyFile() + "\n");
    KeyPair pair = P256.keyPair(random);
    agreementFile()
        .create(
            StrictBase64.text(pair.getPrivate().getEncoded())
                + "\n"
                + StrictBase64.text(pair.getPublic().getEncoded())
                + "\n");
    return Signer.ed25519(secret);
  }

  /// The key that signs.
  Signer signer() {
    return switch (NoteSecret.parse(signingFile().read())) {
      case Reading.Read<NoteSecret>(NoteSecret secret) -> Signer.ed25519(secret);
      case Reading.Unreadable<NoteSecret>(String reason) ->
          throw new LandmarkUnusable(signingFile().path() + " is damaged: " + reason);
    };
  }

  /// The key from which session keys come.
  KeyPair agreement() {
    List<String> lines = agreementFile().read().lines().toList();
    if (lines.size() != 2) {
      throw damaged("two lines are expected");
    }
    try {
      byte[] secret = StrictBase64.read(lines.get(0)).orThrow();
      KeyPair pair =
          new KeyPair(
              P256.publicKey(StrictBase64.read(lines.get(1)).orThrow()).orThrow(),
              KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(secret)));
      proveThatTheyBelongTogether(pair);
      return pair;
    } catch (GeneralSecurityException | IllegalArgumentException malformed) {
      throw damaged(String.valueOf(malformed.getMessage()));
    }
  }

  /// Two who agree with each other's public keys find the same secret.
  private static void proveThatTheyBelongTogether(KeyPair pair) throws GeneralSecurityException {
    KeyPair other = P256.keyPair(new SecureRandom());
    if (!Arrays.equals(
        P256.agree(pair.getPrivate(), other.getPublic()),
        P256.agree(other.getPrivate(), pair.getPublic()))) {
      throw new GeneralSecurityException("the two lines are of different keys");
    }
  }

  private LandmarkUnusable damaged(String how) {
    return new LandmarkUnusable(
        agreementFile().path() + " is damaged: " + how + "; restore it from a copy");
  }
}
