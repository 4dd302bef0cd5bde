package dejima.evidence.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// The writing end: appends whole batches of frames durably, in files that were filled with zeros
/// beforehand, so that making a batch durable changes no file's size. One thread at a time.
public final class Journal implements AutoCloseable {
  /// A batch is at most this long, and so is what a crash can leave half-written.
  public static final int MAX_BATCH = 1 << 20;

  private final Disk disk;
  private final Spares spares;
  private Segment segment;
  private FileChannel channel;
  private int offset;
  private int limit;
  private long nextIndex;
  private int checksum;

  /// Hears each record that is found when the journal is opened, in order.
  @FunctionalInterface
  public interface Records {
    /// @param segment where it stands
    /// @param offset its frame's place in the file
    /// @param frame the record
    /// @param buffer what the frame's offsets point into
    void record(Segment segment, int offset, Frame frame, byte[] buffer);
  }

  private Journal(Disk disk, Spares spares, Segment segment, Tail tail) throws IOException {
    this.disk = disk;
    this.spares = spares;
    this.segment = segment;
    this.offset = tail.offset();
    this.limit = tail.limit();
    this.nextIndex = tail.nextIndex();
    this.checksum = tail.checksum();
    this.channel = disk.open(segment.file(), StandardOpenOption.WRITE);
  }

  /// Opens a journal, starts it if there is none, and cuts what a crash left half-written.
  ///
  /// @param segments its segments from the first that is to be replayed, which may be none
  /// @throws DamagedJournalException if durable records are missing
  public static Journal open(
      Path folder, Disk disk, int segmentBytes, List<Segment> segments, Records records)
      throws IOException {
    var spares = new Spares(folder, disk, segmentBytes);
    if (segments.isEmpty()) {
      var first = spares.first();
      return new Journal(disk, spares, first, Tail.read(first, (_, _, _, _) -> {}));
    }
    var journal = new Journal(disk, spares, segments.getLast(), replay(segments, records));
    journal.clearTail();
    return journal;
  }

  private static Tail replay(List<Segment> segments, Records records) throws IOException {
    var tail = Tail.read(segments.getFirst(), records);
    for (var next : segments.subList(1, segments.size())) {
      if (next.firstIndex() != tail.nextIndex() || next.previous() != tail.checksum()) {
        throw new DamagedJournalException("records missing before " + next.file().getFileName());
      }
      tail = Tail.read(next, records);
    }
    tail.requireOnlyTorn();
    return tail;
  }

  private void clearTail() throws IOException {
    channel.write(ByteBuffer.allocate(Math.min(MAX_BATCH, limit - offset)), offset);
    channel.force(false);
  }

  /// The index that the next record will have.
  public long nextIndex() {
    return nextIndex;
  }

  /// The checksum that the next record will name.
  public int checksum() {
    return checksum;
  }

  /// The segment that is being written.
  public Segment segment() {
    return segment;
  }

  /// Where the next frame will stand in it.
  public int offset() {
    return offset;
  }

  /// Bytes that the segment still takes.
  public int room() {
    return limit - offset;
  }

  /// Makes frames durable: all of them, or none counts.
  ///
  /// @param records how many they are
  /// @param lastChecksum the checksum of the last
  public void append(byte[] frames, int length, int records, int lastChecksum) throws IOException {
    var buffer = ByteBuffer.wrap(frames, 0, length);
    while (buffer.hasRemaining()) {
      channel.write(buffer, (long) offset + buffer.position());
    }
    channel.force(false);
    offset += length;
    nextIndex += records;
    checksum = lastChecksum;
  }

  /// Opens the segment anew after a write failed, because the channel may be beyond use, and wipes
  /// what the write may have left, so that a later crash does not bring it back.
  public void reopen() throws IOException {
    channel.close();
    channel = disk.open(segment.file(), StandardOpenOption.WRITE);
    channel.write(ByteBuffer.allocate(Math.min(8, limit - offset)), offset);
    channel.force(false);
  }

  /// Goes on in a new segment.
  public void roll() throws IOException {
    var next = spares.take(nextIndex, checksum);
    var nextChannel = disk.open(next.file(), StandardOpenOption.WRITE);
    channel.close();
    channel = nextChannel;
    segment = next;
    offset = Segment.HEADER;
    limit = (int) channel.size();
  }

  /// Prepares the file for the next segment, if there is none yet; for another thread than the one
  /// that appends.
  public void prepare() throws IOException {
    spares.prepare();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
