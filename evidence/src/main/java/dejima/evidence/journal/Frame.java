package dejima.evidence.journal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/// One record in a journal file, big-endian: length of all that follows the checksum (4), checksum
/// (4), the previous record's checksum (4), index (8), kind (1), id (16), sequence (8), length of
/// the tenant (2), tenant, body. The checksum is CRC-32C.
///
/// A record counts only directly after the one whose checksum it names, so that remains of a write
/// that failed are never taken for records.
///
/// @param previous checksum of the record before
/// @param index place in the log
/// @param kind one byte of the writer's choosing
/// @param idHigh upper half of the request's id
/// @param idLow lower half
/// @param sequence number within the tenant
/// @param tenant whose
/// @param bodyFrom where the body starts in the array that was read
/// @param bodyTo where it ends, and with it the frame
/// @param checksum seeds the next frame
public record Frame(
    int previous,
    long index,
    byte kind,
    long idHigh,
    long idLow,
    long sequence,
    String tenant,
    int bodyFrom,
    int bodyTo,
    int checksum) {

  /// Bytes before the tenant.
  public static final int HEADER = 4 + 4 + 4 + 8 + 1 + 16 + 8 + 2;

  /// A frame longer than this is none.
  public static final int MAX_BYTES = 1 << 14;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

  /// Fills in the header of a frame whose tenant and body stand in place already.
  ///
  /// @param from where the frame starts
  /// @param to where its body ends
  /// @param previous the checksum of the frame before
  /// @return this frame's checksum
  public static int seal(
      byte[] buffer,
      int from,
      int to,
      int previous,
      long index,
      byte kind,
      long idHigh,
      long idLow,
      long sequence,
      int tenantBytes) {
    INT.set(buffer, from, to - from - 8);
    INT.set(buffer, from + 8, previous);
    LONG.set(buffer, from + 12, index);
    buffer[from + 20] = kind;
    LONG.set(buffer, from + 21, idHigh);
    LONG.set(buffer, from + 29, idLow);
    LONG.set(buffer, from + 37, sequence);
    SHORT.set(buffer, from + 45, (short) tenantBytes);
    int checksum = checksum(buffer, from + 8, to);
    INT.set(buffer, from + 4, checksum);
    return checksum;
  }

  /// Reads the frame at an offset, if there is an undamaged one.
  public static Optional<Frame> read(byte[] buffer, int from, int limit) {
    if (limit - from < HEADER) {
      return Optional.empty();
    }
    int length = (int) INT.get(buffer, from);
    if (length < HEADER - 8 || length > MAX_BYTES || length > limit - from - 8) {
      return Optional.empty();
    }
    int to = from + 8 + length;
    int tenantBytes = (short) SHORT.get(buffer, from + 45);
    if ((int) INT.get(buffer, from + 4) != checksum(buffer, from + 8, to)
        || tenantBytes < 0
        || from + HEADER + tenantBytes > to) {
      return Optional.empty();
    }
    return Optional.of(
        new Frame(
            (int) INT.get(buffer, from + 8),
            (long) LONG.get(buffer, from + 12),
            buffer[from + 20],
            (long) LONG.get(buffer, from + 21),
            (long) LONG.get(buffer, from + 29),
            (long) LONG.get(buffer, from + 37),
            new String(buffer, from + HEADER, tenantBytes, StandardCharsets.UTF_8),
            from + HEADER + tenantBytes,
            to,
            (int) INT.get(buffer, from + 4)));
  }

  /// The request's id.
  public RequestKey key() {
    return new RequestKey(idHigh, idLow);
  }

  /// A copy of the body.
  public byte[] body(byte[] buffer) {
    return Arrays.copyOfRange(buffer, bodyFrom, bodyTo);
  }

  private static int checksum(byte[] buffer, int from, int to) {
    var crc = new CRC32C();
    crc.update(buffer, from, to - from);
    return (int) crc.getValue();
  }
}
