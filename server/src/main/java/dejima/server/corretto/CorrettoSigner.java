package dejima.server.corretto;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import dejima.evidence.NoteSecret;
import dejima.evidence.Signer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;

/// An Ed25519 signer on AWS-LC.
final class CorrettoSigner implements Signer {
  private static final String ALGORITHM = "Ed25519";

  private final Signer known;
  private final PrivateKey key;

  /// Signs with `secret`.
  ///
  /// @param known a signer of the same key, which knows its public half
  /// @throws GeneralSecurityException if AWS-LC cannot be loaded here
  CorrettoSigner(NoteSecret secret, Signer known) throws GeneralSecurityException {
    this.known = known;
    this.key =
        KeyFactory.getInstance(ALGORITHM)
            .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, secret.seed()));
    sign(new byte[0], Signature.getInstance(ALGORITHM, AmazonCorrettoCryptoProvider.INSTANCE));
  }

  @Override
  public String keyName() {
    return known.keyName();
  }

  @Override
  public byte[] publicKey() {
    return known.publicKey();
  }

  @Override
  public byte[] sign(byte[] message) {
    try {
      return sign(message, Signature.getInstance(ALGORITHM, AmazonCorrettoCryptoProvider.INSTANCE));
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException("a key that has signed must sign again", failure);
    }
  }

  private byte[] sign(byte[] message, Signature signature) throws GeneralSecurityException {
    signature.initSign(key);
    signature.update(message);
    return signature.sign();
  }
}
