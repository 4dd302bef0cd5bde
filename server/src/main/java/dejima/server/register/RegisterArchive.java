package dejima.server.register;

import dejima.register.Register;
import dejima.register.RegisterApproval;
import dejima.register.RegisterReading;
import dejima.server.files.DurableFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Keeps every version of the register that ever was in force, by hash, with its signatures.
final class RegisterArchive {
  private final Path directory;

  RegisterArchive(Path directory) {
    this.directory = directory;
  }

  /// Keeps a version, durably.
  ///
  /// @throws UncheckedIOException if the disk refuses
  void keep(Register register) {
    Path place = directory.resolve(register.hash());
    if (Files.isDirectory(place)) {
      return;
    }
    Map<String, String> files = new HashMap<>(register.files());
    register.approval().ifPresent(note -> files.put(RegisterApproval.path(), note));
    try {
      DurableFolder.create(place, files);
    } catch (IOException failed) {
      throw new UncheckedIOException("the register cannot be kept in " + place, failed);
    }
  }

  /// The version of a hash, if it was kept and is whole.
  Optional<Register> find(String hash) {
    Path place = directory.resolve(hash);
    if (!hash.matches("[0-9a-f]{64}") || !Files.isDirectory(place)) {
      return Optional.empty();
    }
    return switch (Register.load(place)) {
      case RegisterReading.Loaded(Register register) when register.hash().equals(hash) ->
          Optional.of(register);
      case RegisterReading.Loaded _, RegisterReading.Rejected _ -> Optional.empty();
    };
  }
}
