package dejima.evidence;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/// A witness's timestamped signature of a checkpoint (C2SP tlog-cosignature): eight bytes of time,
/// in seconds since the epoch, and a signature over what its type commits to.
final class Cosignature {
  private static final int TIME_LENGTH = 8;
  private static final byte[] LABEL = "subtree/v1\n\0".getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST_NAME = 255;

  private Cosignature() {}

  /// Did this witness cosign this checkpoint? A cosignature without a time does not say that the
  /// witness saw no larger tree, and so is none.
  static boolean verifies(NoteKey witness, String noteText, byte[] timestamped) {
    if (timestamped.length <= TIME_LENGTH) {
      return false;
    }
    long time = ByteBuffer.wrap(timestamped).getLong();
    if (time <= 0) {
      return false; // beyond 2^63-1, or absent
    }
    byte[] signature = Arrays.copyOfRange(timestamped, TIME_LENGTH, timestamped.length);
    return message(witness, noteText, time)
            .then(message ->
                witness.verifies(message, signature)
                    ? new Reading.Read<>(true)
                    : new Reading.Unreadable<Boolean>("another signature"))
        instanceof Reading.Read<Boolean>;
  }

  /// When a cosignature that verifies was made.
  static Instant time(byte[] timestamped) {
    return Instant.ofEpochSecond(
        Math.min(ByteBuffer.wrap(timestamped).getLong(), Instant.MAX.getEpochSecond()));
  }

  /// What is signed by a witness with this key.
  static Reading<byte[]> message(NoteKey witness, String noteText, long time) {
    return switch (witness.type()) {
      case COSIGNATURE_ED25519 -> new Reading.Read<>(message(noteText, time));
      case COSIGNATURE_ML_DSA_44 ->
          Checkpoint.parseExtended(noteText).then(head -> message(witness.name(), head, time));
      case ED25519 -> new Reading.Unreadable<>("not the key of a witness");
    };
  }

  static byte[] message(String noteText, long time) {
    String text = "cosignature/v1\ntime " + time + "\n" + noteText;
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// The structure `cosigned_message`, for the whole tree.
  private static Reading<byte[]> message(String witness, Checkpoint head, long time) {
    byte[] name = witness.getBytes(StandardCharsets.UTF_8);
    byte[] origin = head.origin().getBytes(StandardCharsets.UTF_8);
    if (name.length > LONGEST_NAME || origin.length > LONGEST_NAME) {
      return new Reading.Unreadable<>("a name is longer than 255 bytes");
    }
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.write(LABEL);
      out.writeByte(name.length);
      out.write(name);
      out.writeLong(time);
      out.writeByte(origin.length);
      out.write(origin);
      out.writeLong(0);
      out.writeLong(head.size());
      out.write(head.rootBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Reading.Read<>(bytes.toByteArray());
  }
}
