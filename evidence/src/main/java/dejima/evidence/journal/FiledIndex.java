package dejima.evidence.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32C;

/// The index file of a sealed segment: rows of id (16) and offset (4), sorted, behind a header of
/// format (8), number of rows (4), checksum of the rows (4). Found by binary search; only the first
/// and the last id stay in memory.
public final class FiledIndex implements SegmentIndex {
  private static final long MAGIC = 0x64656a696d614931L; // dejimaI1
  private static final int HEADER = 16;
  private static final int ROW = 20;

  private final Segment segment;
  private final Path file;
  private final int rows;
  private final RequestKey first;
  private final RequestKey last;

  private FiledIndex(Segment segment, Path file, FileChannel channel) throws IOException {
    this.segment = segment;
    this.file = file;
    var header = read(channel, 0, HEADER);
    if (header.remaining() < HEADER || header.getLong() != MAGIC) {
      throw new IOException("not an index file: " + file.getFileName());
    }
    this.rows = header.getInt();
    if (rows < 1 || channel.size() != HEADER + (long) rows * ROW) {
      throw new IOException("index file has the wrong length: " + file.getFileName());
    }
    this.first = key(read(channel, row(0), ROW));
    this.last = key(read(channel, row(rows - 1), ROW));
  }

  private static Path file(Segment segment) {
    String name = String.valueOf(segment.file().getFileName());
    return segment.file().resolveSibling(name.replace(Segment.SUFFIX, ".index"));
  }

  /// Opens a sealed segment's index file.
  ///
  /// @throws IOException if there is none or it is not whole
  public static FiledIndex open(Segment segment) throws IOException {
    var file = file(segment);
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return new FiledIndex(segment, file, channel);
    }
  }

  /// Writes the index file of a segment that is sealed and not empty.
  public static FiledIndex write(LiveIndex live) throws IOException {
    var rows = ByteBuffer.wrap(rows(live));
    var header = ByteBuffer.allocate(HEADER).putLong(MAGIC).putInt(rows.capacity() / ROW);
    var crc = new CRC32C();
    crc.update(rows.array());
    header.putInt((int) crc.getValue()).rewind();
    var file = file(live.segment());
    var temporary = file.resolveSibling("index.part");
    try (var channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      channel.write(header);
      while (rows.hasRemaining()) {
        channel.write(rows);
      }
      channel.force(true);
    }
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    return open(live.segment());
  }

  private static byte[] rows(LiveIndex live) {
    var sorted = live.all();
    sorted.sort(Comparator.comparing(LiveIndex.Row::key)); // stable: a request's rows keep order
    var rows = ByteBuffer.allocate(sorted.size() * ROW);
    for (var row : sorted) {
      rows.putLong(row.key().high()).putLong(row.key().low()).putInt(row.offset());
    }
    return rows.array();
  }

  private static long row(int number) {
    return HEADER + (long) number * ROW;
  }

  private static RequestKey key(ByteBuffer row) {
    return new RequestKey(row.getLong(), row.getLong());
  }

  private static ByteBuffer read(FileChannel channel, long at, int count) throws IOException {
    var buffer = ByteBuffer.allocate(count);
    while (buffer.hasRemaining() && channel.read(buffer, at + buffer.position()) >= 0) {}
    return buffer.flip();
  }

  @Override
  public Segment segment() {
    return segment;
  }

  @Override
  public List<Integer> find(RequestKey key) throws IOException {
    if (key.compareTo(first) < 0 || key.compareTo(last) > 0) {
      return List.of();
    }
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      var offsets = new ArrayList<Integer>();
      for (int at = lowest(channel, key); at < rows; at++) {
        var row = read(channel, row(at), ROW);
        if (!key(row).equals(key)) {
          break;
        }
        offsets.add(row.getInt());
      }
      return offsets;
    }
  }

  private int lowest(FileChannel channel, RequestKey key) throws IOException {
    int from = 0;
    int to = rows;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (key(read(channel, row(middle), ROW)).compareTo(key) < 0) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }
}
