package dejima.evidence;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A witness's timestamped Ed25519 signature of a checkpoint (C2SP tlog-cosignature,
/// `cosignature/v1`).
final class Cosignature {
  private static final int LENGTH = 8 + 64;

  private Cosignature() {}

  static boolean verifies(NoteKey witness, String noteText, byte[] timestamped) {
    if (timestamped.length != LENGTH || timestamped[0] < 0) {
      return false; // the time must not exceed 2^63-1
    }
    long time = ByteBuffer.wrap(timestamped).getLong();
    byte[] signature = Arrays.copyOfRange(timestamped, 8, LENGTH);
    return witness.verifies(message(noteText, time), signature);
  }

  static byte[] message(String noteText, long time) {
    String text = "cosignature/v1\ntime " + time + "\n" + noteText;
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
