package dejima.acceptance.product;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// A wall clock that a test sets while processes read it. A small library, which
/// `acceptance/wall-clock` holds and `gcc` compiles, stands between them and the kernel; the
/// monotonic clock stays the machine's own, as when an administrator sets the time.
public final class WallClock {
  private static final Duration COMPILE = Duration.ofSeconds(60);

  private final Path shift;
  private final Path library;

  /// A clock that is right, with its files in a folder.
  public WallClock(Path folder) {
    shift = folder.resolve("shift");
    library = folder.resolve("shifted-clock.so");
    Path source = Product.home().resolve("acceptance/wall-clock/shifted-clock.c");
    Commands.run(
            folder,
            COMPILE,
            "gcc",
            "-O1",
            "-Wall",
            "-Werror",
            "-shared",
            "-fPIC",
            "-o",
            library.toString(),
            source.toString(),
            "-ldl")
        .expect(0);
    shift(Duration.ZERO);
  }

  /// Lets it differ from the machine's by so much from now on.
  public void shift(Duration difference) {
    byte[] seconds =
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.nativeOrder())
            .putLong(difference.toSeconds())
            .array();
    // Written in place, because the processes have the file in their memory.
    try (RandomAccessFile file = new RandomAccessFile(shift.toFile(), "rw")) {
      file.write(seconds);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  Map<String, String> environment() {
    return Map.of("LD_PRELOAD", library.toString(), "SHIFTED_CLOCK", shift.toString());
  }
}
