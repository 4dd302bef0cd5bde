package dejima.agent;

import dejima.evidence.EcdsaP256;
import dejima.location.P256;
import io.vertx.core.net.KeyCertOptions;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.InstantSource;

/// The one key of a site or of a gateway: an ECDSA P-256 key with a self-signed certificate.
///
/// It names the end in mutual TLS, where the peer pins it, and signs what the end states. The
/// private key never leaves this object except into the TLS engine.
public final class TlsIdentity {
  private final PrivateKey privateKey;
  private final X509Certificate certificate;

  TlsIdentity(PrivateKey privateKey, X509Certificate certificate) {
    this.privateKey = privateKey;
    this.certificate = certificate;
  }

  /// The identity kept in `identity.pem` of a directory; both are created, readable by their owner
  /// only, if the file is missing.
  ///
  /// @param name the common name written into a new certificate; for people, never checked
  /// @throws IdentityUnavailable if the file is damaged, readable by others or cannot be written
  public static TlsIdentity inDirectory(Path directory, String name, InstantSource clock) {
    return IdentityFile.in(directory).readOrCreate(name, clock);
  }

  /// The pin by which the other end knows this key.
  public PinnedKey pin() {
    return PinnedKey.of(publicKey());
  }

  /// The public key, which verifies what [#sign(byte[])] returns.
  public PublicKey publicKey() {
    return certificate.getPublicKey();
  }

  /// An ECDSA signature with SHA-256 over the bytes, in DER form (RFC 3279 §2.2.3).
  public byte[] sign(byte[] message) {
    return EcdsaP256.sign(privateKey, message);
  }

  /// The ECDH secret that this key shares with another one on P-256.
  public byte[] agree(PublicKey theirs) {
    return P256.agree(privateKey, theirs);
  }

  /// The key and certificate in Vert.x's form, for either end.
  public KeyCertOptions options() {
    return KeyCertOptions.wrap(new OnlyKey(privateKey, certificate));
  }
}
