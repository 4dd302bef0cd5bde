package dejima.evidence.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/// One journal file. Its first bytes say: format, index of the first record, checksum of the last
/// record before it, checksum of these.
///
/// @param file the file
/// @param firstIndex index of its first record
/// @param previous checksum of the last record of the segment before
public record Segment(Path file, long firstIndex, int previous) {
  /// Bytes before the first frame.
  public static final int HEADER = 32;

  static final String SUFFIX = ".journal";
  private static final long MAGIC = 0x64656a696d614a31L; // dejimaJ1

  static Path file(Path folder, long firstIndex) {
    return folder.resolve(HexFormat.of().toHexDigits(firstIndex) + SUFFIX);
  }

  static ByteBuffer header(long firstIndex, int previous) {
    var header = ByteBuffer.allocate(HEADER).putLong(MAGIC).putLong(firstIndex).putInt(previous);
    header.putInt(checksum(header.array()));
    return header.rewind();
  }

  private static int checksum(byte[] header) {
    var crc = new CRC32C();
    crc.update(header, 0, 20);
    return (int) crc.getValue();
  }

  /// All segments of a folder, oldest first.
  public static List<Segment> list(Path folder) throws IOException {
    var segments = new ArrayList<Segment>();
    try (var files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (var file : files) {
        segments.add(open(file));
      }
    }
    segments.sort(Comparator.comparingLong(Segment::firstIndex));
    return segments;
  }

  private static Segment open(Path file) throws IOException {
    var header = ByteBuffer.wrap(read(file, 0, HEADER));
    if (header.limit() < HEADER
        || header.getLong() != MAGIC
        || header.getInt(20) != checksum(header.array())) {
      throw new DamagedJournalException("no journal header in " + file.getFileName());
    }
    return new Segment(file, header.getLong(), header.getInt());
  }

  private static byte[] read(Path file, long offset, int count) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      var buffer = ByteBuffer.allocate((int) Math.min(count, channel.size() - offset));
      while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) >= 0) {}
      return buffer.array();
    }
  }

  /// The whole file.
  byte[] bytes() throws IOException {
    return Files.readAllBytes(file);
  }

  /// Reads all valid records of a sealed segment.
  public void read(Journal.Records records) throws IOException {
    Tail.read(this, records).requireOnlyTorn();
  }

  /// Reads the valid records of a segment that may still be written, up to where it is valid now.
  public void readSoFar(Journal.Records records) throws IOException {
    Tail.read(this, records);
  }

  /// The frame at an offset that once was durable.
  ///
  /// @throws DamagedJournalException if it no longer is what was written
  public FrameBytes frame(int offset) throws IOException {
    byte[] bytes = read(file, offset, Frame.MAX_BYTES + 8);
    Optional<Frame> frame = Frame.read(bytes, 0, bytes.length);
    return new FrameBytes(
        frame.orElseThrow(() -> new DamagedJournalException(offset + " in " + file.getFileName())),
        bytes);
  }
}
