package dejima.server.register;

import dejima.evidence.Carried;
import dejima.evidence.CarriedFolder;
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
import java.util.concurrent.ConcurrentHashMap;

/// Keeps every version of the register that ever was in force, by hash, with its signatures.
public final class RegisterArchive {
  private final Path directory;
  private final Map<String, Carried> known = new ConcurrentHashMap<>();

  /// Keeps versions below `directory`.
  public RegisterArchive(Path directory) {
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
    Map<String, String> files = files(register);
    try {
      DurableFolder.create(place, files);
    } catch (IOException failed) {
      throw new UncheckedIOException("the register cannot be kept in " + place, failed);
    }
  }

  /// The version of a hash as receipts carry it; nothing if there is none.
  public Carried carried(String hash) {
    Carried found = known.get(hash);
    if (found != null) {
      return found;
    }
    Optional<Carried> read =
        find(hash)
            .map(register ->
                new Carried(Map.of(hash, CarriedFolder.ofTexts(files(register))), Map.of()));
    read.ifPresent(carried -> known.put(hash, carried));
    return read.orElse(Carried.NONE);
  }

  private static Map<String, String> files(Register register) {
    Map<String, String> files = new HashMap<>(register.files());
    register.approval().ifPresent(note -> files.put(RegisterApproval.path(), note));
    return files;
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
