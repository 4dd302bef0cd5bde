package dejima.evidence;

import java.security.KeyPair;

/// Signs what a log says, as the holder of one Ed25519 key. Implementations may be called from
/// several threads.
public interface Signer {

  /// The name under which the key signs notes; a log's is its origin.
  String keyName();

  /// The raw public key, 32 bytes.
  byte[] publicKey();

  /// The pure Ed25519 signature (RFC 8032 §5.1.6) over the message, 64 bytes.
  byte[] sign(byte[] message);

  /// The key that verifies this signer's notes.
  default NoteKey key() {
    return new NoteKey(keyName(), SignatureType.ED25519, publicKey());
  }

  /// A signer on the JDK's own Ed25519.
  ///
  /// @param seed the private key, 32 bytes (RFC 8032 §5.1.5)
  static Signer ed25519(String name, byte[] seed) {
    KeyPair pair = Ed25519.fromSeed(seed);
    return new JdkSigner(name, pair);
  }

  /// A signer on the JDK's own Ed25519.
  static Signer ed25519(NoteSecret secret) {
    if (secret.type() != SignatureType.ED25519) {
      throw new IllegalArgumentException("the key of a witness cannot sign for a log");
    }
    return ed25519(secret.name(), secret.seed());
  }
}
