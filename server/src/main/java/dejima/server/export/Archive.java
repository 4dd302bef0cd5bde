package dejima.server.export;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/// An export's archive as a file.
public final class Archive {
  private static final long MOST_BYTES = 1L << 40;

  private Archive() {}

  /// Unpacks an archive into a directory, which is made.
  ///
  /// @throws IOException if it is not whole, or no export
  public static void unpack(Path archive, Path directory) throws IOException {
    Files.createDirectories(directory);
    try (InputStream in =
        new GZIPInputStream(new BufferedInputStream(Files.newInputStream(archive)))) {
      new TarReader(in, MOST_BYTES).unpack(directory);
    } catch (TarReader.Malformed malformed) {
      throw new IOException(malformed.getMessage(), malformed);
    }
  }

  /// The lower-case hex SHA-256 of a file, empty if there is none.
  public static String hash(Path file) throws IOException {
    return Files.exists(file) ? Manifest.hash(file) : "";
  }
}
