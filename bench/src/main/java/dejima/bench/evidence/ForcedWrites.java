package dejima.bench.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/// What the disk itself takes to keep a block: 4 KiB into a preallocated file, then forced.
record ForcedWrites(Path directory) {
  private static final int BLOCK = 4_096;
  private static final int BLOCKS = 4_096;
  private static final int DIGITS = 3;

  /// Measures.
  ///
  /// @param pause between one write and the next
  /// @return how long each took
  Times measure(Duration time, Duration pause) {
    Path file = directory.resolve("force");
    try {
      Files.createDirectories(directory);
      Files.write(file, new byte[BLOCK * BLOCKS]);
      try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.force(true);
        return Times.of(writes(channel, System.nanoTime() + time.toNanos(), pause.toNanos()));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write below " + directory, e);
    }
  }

  private static Histogram writes(FileChannel channel, long end, long pause) throws IOException {
    var histogram = new Histogram(DIGITS);
    ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
    for (int i = 0; System.nanoTime() < end; i++) {
      LockSupport.parkNanos(pause);
      long start = System.nanoTime();
      channel.write(block.clear(), (long) i % BLOCKS * BLOCK);
      channel.force(false);
      histogram.recordValue(System.nanoTime() - start);
    }
    return histogram;
  }
}
