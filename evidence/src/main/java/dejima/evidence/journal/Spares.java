package dejima.evidence.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Keeps one file of zeros ready to become the next segment.
final class Spares {
  private static final int CHUNK = 1 << 20;

  /// The first segment of a log is small, so that a new log is quick to set up.
  private static final int FIRST_BYTES = 8 << 20;

  private final Path folder;
  private final Disk disk;
  private final int segmentBytes;
  private final Path spare;

  Spares(Path folder, Disk disk, int segmentBytes) {
    this.folder = folder;
    this.disk = disk;
    this.segmentBytes = segmentBytes;
    this.spare = folder.resolve("spare");
  }

  Segment first() throws IOException {
    fill(Math.min(segmentBytes, FIRST_BYTES));
    return take(0, 0);
  }

  /// Makes the spare a segment; fills one on the spot if none is ready.
  synchronized Segment take(long firstIndex, int previous) throws IOException {
    prepare();
    try (var channel = disk.open(spare, StandardOpenOption.WRITE)) {
      channel.write(Segment.header(firstIndex, previous), 0);
      channel.force(true);
    }
    var file = Segment.file(folder, firstIndex);
    Files.move(spare, file, StandardCopyOption.ATOMIC_MOVE);
    sync(folder);
    return new Segment(file, firstIndex, previous);
  }

  synchronized void prepare() throws IOException {
    if (!Files.exists(spare)) {
      fill(segmentBytes);
    }
  }

  private void fill(int bytes) throws IOException {
    var temporary = folder.resolve("spare.part");
    try {
      zeros(temporary, bytes);
    } catch (IOException e) {
      Files.deleteIfExists(temporary); // give the space back
      throw e;
    }
    Files.move(temporary, spare, StandardCopyOption.ATOMIC_MOVE);
  }

  private void zeros(Path file, int bytes) throws IOException {
    try (var channel =
        disk.open(
            file,
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      for (int at = 0; at < bytes; ) {
        at += channel.write(ByteBuffer.allocate(Math.min(CHUNK, bytes - at)), at);
      }
      channel.force(true);
    }
  }

  private static void sync(Path folder) throws IOException {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
