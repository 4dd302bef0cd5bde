package dejima.attestation;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// The chunks of one answer, in order: ChaCha20-Poly1305 under a nonce that counts, the last chunk
/// with `final` as its associated data, as in draft-ietf-ohai-chunked-ohttp. Each chunk is padded,
/// so that its length tells little of what is in it.
final class AnswerCipher {
  /// Bytes that authentication adds to a chunk.
  static final int TAG = 16;

  /// Most content of a chunk; with its padding it is [#PADDED] times a whole number.
  static final int MOST = (16 << 10) - 1;

  /// Longest sealed chunk.
  static final int LONGEST = MOST + 1 + TAG;

  /// A token of a streamed answer and what stands around it fit into this.
  static final int PADDED = 512;

  private static final byte[] FINAL = "final".getBytes(StandardCharsets.US_ASCII);
  private static final byte MARK = (byte) 0x80;

  private final SecretKey key;
  private final byte[] nonce;
  private long counter;

  AnswerCipher(byte[] key, byte[] nonce) {
    this.key = new SecretKeySpec(key, "ChaCha20");
    this.nonce = nonce.clone();
  }

  /// Seals the next chunk.
  ///
  /// @param content [#MOST] bytes at most
  byte[] seal(byte[] content, boolean last) {
    byte[] padded = new byte[(content.length / PADDED + 1) * PADDED];
    System.arraycopy(content, 0, padded, 0, content.length);
    padded[content.length] = MARK;
    try {
      return next(Cipher.ENCRYPT_MODE, last).doFinal(padded);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every JDK has ChaCha20-Poly1305", missing);
    }
  }

  /// Opens the next chunk; nothing if it is another one, or changed.
  Optional<byte[]> open(byte[] sealed, boolean last) {
    try {
      return content(next(Cipher.DECRYPT_MODE, last).doFinal(sealed));
    } catch (AEADBadTagException forged) {
      return Optional.empty();
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every JDK has ChaCha20-Poly1305", missing);
    }
  }

  private static Optional<byte[]> content(byte[] padded) {
    int end = padded.length - 1;
    while (end >= 0 && padded[end] == 0) {
      end--;
    }
    return end >= 0 && padded[end] == MARK
        ? Optional.of(Arrays.copyOf(padded, end))
        : Optional.empty();
  }

  private Cipher next(int mode, boolean last) throws GeneralSecurityException {
    byte[] counted = nonce.clone();
    for (int i = 0; i < Long.BYTES; i++) {
      counted[counted.length - 1 - i] ^= (byte) (counter >>> (8 * i));
    }
    counter++;
    Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
    cipher.init(mode, key, new IvParameterSpec(counted));
    if (last) {
      cipher.updateAAD(FINAL);
    }
    return cipher;
  }
}
