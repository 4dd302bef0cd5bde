package dejima.server.bouncycastle;

import dejima.evidence.NoteSecret;
import dejima.evidence.Signer;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// The log's signer on Bouncy Castle's Ed25519.
public final class BouncyCastleSigner implements Signer {
  private final String name;
  private final byte[] seed;
  private final byte[] publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];

  /// Signs with `secret`.
  public BouncyCastleSigner(NoteSecret secret) {
    this.name = secret.name();
    this.seed = secret.seed();
    Ed25519.generatePublicKey(seed, 0, publicKey, 0);
  }

  @Override
  public String keyName() {
    return name;
  }

  @Override
  public byte[] publicKey() {
    return publicKey.clone();
  }

  @Override
  public byte[] sign(byte[] message) {
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    Ed25519.sign(seed, 0, publicKey, 0, message, 0, message.length, signature, 0);
    return signature;
  }
}
