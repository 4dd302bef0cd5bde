package dejima.attestation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What a quote must hold so that it speaks for a site's key and was made after it was asked for.
public final class KeyBinding {
  /// Bytes of a nonce.
  public static final int NONCE_LENGTH = 32;

  private static final byte[] LABEL = "dejima tee key v1".getBytes(StandardCharsets.US_ASCII);

  private KeyBinding() {}

  /// The 64 bytes of `REPORT_DATA` (SEV-SNP) or `REPORTDATA` (TDX): SHA-512 over the ASCII text
  /// `dejima tee key v1`, a zero byte, the nonce, the SHA-256 of the DER SubjectPublicKeyInfo with
  /// which the site answers TLS, and the raw X25519 key that opens sealed prompts, if there is one.
  ///
  /// @param nonce 32 bytes that the verifier gave
  /// @param sealingKey 32 bytes, or none
  public static byte[] reportData(byte[] nonce, byte[] subjectPublicKeyInfo, byte[] sealingKey) {
    if (nonce.length != NONCE_LENGTH) {
      throw new IllegalArgumentException("a nonce has " + NONCE_LENGTH + " bytes");
    }
    MessageDigest digest = digest("SHA-512");
    digest.update(LABEL);
    digest.update((byte) 0);
    digest.update(nonce);
    digest.update(digest("SHA-256").digest(subjectPublicKeyInfo));
    return digest.digest(sealingKey);
  }

  /// As above, for an environment that opens no sealed prompts.
  public static byte[] reportData(byte[] nonce, byte[] subjectPublicKeyInfo) {
    return reportData(nonce, subjectPublicKeyInfo, new byte[0]);
  }

  static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every JDK has " + algorithm, missing);
    }
  }

  /// The id of a sealing key. It stands here and not beside what is sealed, because whoever only
  /// judges quotes needs no cryptography for sealing.
  static String sealingKeyId(byte[] rawPublicKey) {
    return HexFormat.of().formatHex(digest("SHA-256").digest(rawPublicKey));
  }
}
