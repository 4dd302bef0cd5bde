package dejima.location;

import java.nio.ByteBuffer;

/// The two datagrams of a round. Both have exactly 60 bytes, so that an answer is never longer than
/// its question: `DJL`, version 1, type, three zero bytes, measurement id, sequence, and 32 bytes
/// of nonce or MAC.
final class Datagrams {
  /// The length of every datagram.
  static final int LENGTH = 60;

  /// The length of a nonce and of a MAC.
  static final int NONCE = 32;

  /// Where nonce or MAC begins.
  static final int TAIL = LENGTH - NONCE;

  static final byte QUESTION = 1;
  static final byte ANSWER = 2;

  private static final int HEAD = ('D' << 24) | ('J' << 16) | ('L' << 8) | 1;
  private static final int TYPE_AT = 4;
  private static final int MEASUREMENT_AT = 8;
  private static final int SEQUENCE_AT = 24;

  private Datagrams() {}

  /// A datagram with everything but its tail.
  static byte[] of(byte type, MeasurementId measurement, int sequence) {
    return ByteBuffer.allocate(LENGTH)
        .putInt(HEAD)
        .putInt(type << 24)
        .putLong(measurement.high())
        .putLong(measurement.low())
        .putInt(sequence)
        .array();
  }

  /// Does this have the form of such a datagram?
  static boolean is(byte type, byte[] bytes, int length) {
    if (length != LENGTH) {
      return false;
    }
    ByteBuffer datagram = ByteBuffer.wrap(bytes);
    return datagram.getInt(0) == HEAD && datagram.getInt(TYPE_AT) == type << 24;
  }

  static MeasurementId measurement(byte[] bytes) {
    ByteBuffer datagram = ByteBuffer.wrap(bytes);
    return new MeasurementId(
        datagram.getLong(MEASUREMENT_AT), datagram.getLong(MEASUREMENT_AT + 8));
  }

  static int sequence(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getInt(SEQUENCE_AT);
  }

  /// Turns a question into its answer, in place.
  static void answer(byte[] question, byte[] mac) {
    question[TYPE_AT] = ANSWER;
    System.arraycopy(mac, 0, question, TAIL, NONCE);
  }
}
