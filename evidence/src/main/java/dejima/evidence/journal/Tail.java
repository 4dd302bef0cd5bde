package dejima.evidence.journal;

import java.io.IOException;

/// Where the valid records of a segment end.
///
/// @param offset end of the last valid frame
/// @param limit the file's length
/// @param nextIndex index of the record that would follow
/// @param checksum checksum of the last valid record
/// @param lastWritten end of the last byte that is not zero
record Tail(int offset, int limit, long nextIndex, int checksum, int lastWritten) {

  static Tail read(Segment segment, Journal.Records records) throws IOException {
    byte[] bytes = segment.bytes();
    int offset = Segment.HEADER;
    long index = segment.firstIndex();
    int checksum = segment.previous();
    while (true) {
      var frame = Frame.read(bytes, offset, bytes.length);
      if (frame.isEmpty() || frame.get().previous() != checksum || frame.get().index() != index) {
        return new Tail(offset, bytes.length, index, checksum, lastWritten(bytes));
      }
      records.record(segment, offset, frame.get(), bytes);
      offset = frame.get().bodyTo();
      checksum = frame.get().checksum();
      index++;
    }
  }

  private static int lastWritten(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] == 0) {
      end--;
    }
    return end;
  }

  /// A crash leaves at most one batch behind the last valid record. More is damage.
  void requireOnlyTorn() {
    if (lastWritten - offset > Journal.MAX_BATCH) {
      throw new DamagedJournalException("records follow an unreadable one");
    }
  }
}
