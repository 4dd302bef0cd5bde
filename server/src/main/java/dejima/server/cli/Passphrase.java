package dejima.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// Passphrases from files, so that they stand in no command line.
final class Passphrase {
  private Passphrase() {}

  /// A file's first line.
  static String in(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .findFirst()
          .filter(line -> !line.isBlank())
          .orElseThrow(() -> new CommandFailed("The passphrase file " + file + " is empty."));
    } catch (IOException unreadable) {
      throw new CommandFailed("The passphrase file " + file + " cannot be read.");
    }
  }
}
