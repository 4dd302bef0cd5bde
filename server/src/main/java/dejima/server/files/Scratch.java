package dejima.server.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// Folders that do not last.
public final class Scratch {
  private Scratch() {}

  /// Deletes what processes that were killed left in a folder for what does not last.
  public static void sweep(Path folder) {
    try {
      delete(folder);
    } catch (IOException failed) {
      throw new UncheckedIOException(folder + " cannot be cleared; look at its owner", failed);
    }
  }

  /// Deletes a folder with everything in it; nothing happens if there is none.
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
