package dejima.server.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Writing that survives a crash: a file holds the old text or the new one, never a part, and what
/// a method has returned from is on the disk.
public final class DurableFile {
  private DurableFile() {}

  /// Puts a file in place of whatever was there; only its owner may read it.
  public static void replace(Path file, String text) throws IOException {
    Path directory = file.toAbsolutePath().resolveSibling("");
    Path draft = Files.createTempFile(directory, "." + file.getFileName(), ".draft");
    try {
      write(draft, text);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failed) {
      Files.deleteIfExists(draft);
      throw failed;
    }
    flush(directory);
  }

  /// Writes a file that nothing relies on before this returns.
  public static void write(Path file, String text) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  /// Makes the names in a directory as durable as the files behind them.
  public static void flush(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
