package dejima.residency.z3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The files into which the solver's library unpacks itself. It removes them when the process ends
/// in good order, but not when it is killed.
final class UnpackedLibrary {
  private static final Path MAPPED = Path.of("/proc/self/maps");
  private static final String NAME = "/libz3java.so";

  private UnpackedLibrary() {}

  /// Removes them at once, where the system keeps a loaded library's content without its name:
  /// Linux, which also says where the files are. Elsewhere they stay while the process runs.
  static void remove() {
    try {
      for (Path library : loaded()) {
        Path folder = library.resolveSibling("");
        try (Stream<Path> files = Files.list(folder)) {
          for (Path file : files.toList()) {
            Files.deleteIfExists(file);
          }
        }
        Files.deleteIfExists(folder);
      }
    } catch (IOException | UncheckedIOException kept) {
      // They stay as long as the process runs, and the answers do not depend on it.
    }
  }

  /// Where the library was loaded from, as far as the files are still there.
  static List<Path> loaded() throws IOException {
    if (!Files.isReadable(MAPPED)) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(MAPPED)) {
      return lines
          .filter(line -> line.endsWith(NAME))
          .map(line -> Path.of(line.substring(line.indexOf('/'))))
          .distinct()
          .toList();
    }
  }
}
