package dejima.attestation;

import dejima.evidence.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Seals one answer as it comes. Its bytes are a nonce of 32 bytes, chunks with their length before
/// them (RFC 9000 §16), a zero, and the last chunk, which ends with the answer. What is sealed is a
/// line of JSON with `contentType` and `status`, and then the engine's bytes.
public final class AnswerSealer {
  private final byte[] nonce;
  private final AnswerCipher cipher;
  private boolean begun;

  AnswerSealer(byte[] nonce, AnswerCipher cipher) {
    this.nonce = nonce;
    this.cipher = cipher;
  }

  /// The first bytes of the answer.
  ///
  /// @param status HTTP status of the engine's answer
  /// @param contentType media type of the engine's answer
  public byte[] begin(int status, String contentType) {
    if (begun) {
      throw new IllegalStateException("an answer begins once");
    }
    begun = true;
    String head =
        Json.object().put("contentType", contentType).put("status", status).build().canonicalText()
            + "\n";
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(nonce);
    out.writeBytes(more(head.getBytes(StandardCharsets.UTF_8)));
    return out.toByteArray();
  }

  /// The next bytes of the answer.
  public byte[] more(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + AnswerCipher.PADDED);
    for (int at = 0; at < content.length; at += AnswerCipher.MOST) {
      byte[] part =
          Arrays.copyOfRange(content, at, Math.min(content.length, at + AnswerCipher.MOST));
      byte[] sealed = cipher.seal(part, false);
      // Two bytes tell lengths to 16,383, four those to 2^30.
      if (sealed.length < 1 << 14) {
        out.write(0x40 | (sealed.length >>> 8));
      } else {
        out.write(0x80);
        out.write(sealed.length >>> 16);
        out.write(sealed.length >>> 8);
      }
      out.write(sealed.length);
      out.writeBytes(sealed);
    }
    return out.toByteArray();
  }

  /// The last bytes of the answer, without which it is none.
  public byte[] end() {
    byte[] sealed = cipher.seal(new byte[0], true);
    byte[] last = new byte[sealed.length + 1];
    System.arraycopy(sealed, 0, last, 1, sealed.length);
    return last;
  }
}
