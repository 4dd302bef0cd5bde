package dejima.server.cli;

import dejima.evidence.NoteSecret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/// The file of a private key that was made this moment: readable for its owner alone from the
/// first, and never over another key.
record NewKeyFile(Path path) {
  /// Writes the key.
  ///
  /// @throws CommandFailed if there is a file already, or none can be written
  void write(NoteSecret secret) {
    try {
      Files.createFile(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(
          path, secret.keyFile() + "\n", StandardCharsets.US_ASCII, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException there) {
      throw new CommandFailed(path + " is there already; name another file with --out.");
    } catch (IOException | UnsupportedOperationException refused) {
      throw new CommandFailed("The file " + path + " cannot be written.");
    }
  }
}
