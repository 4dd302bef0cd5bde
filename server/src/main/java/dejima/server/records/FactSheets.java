package dejima.server.records;

import dejima.evidence.Json;
import dejima.evidence.Reading;
import dejima.gateway.FactSheet;
import dejima.server.files.DurableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Keeps every [FactSheet] that a decision may have named, by hash, because receipts carry it.
public final class FactSheets {
  private final Path directory;
  private final Map<String, Json> known = new ConcurrentHashMap<>();

  /// Keeps sheets in `directory`.
  public FactSheets(Path directory) {
    this.directory = directory;
  }

  /// Keeps a sheet, durably.
  ///
  /// @throws UncheckedIOException if the disk refuses
  public void keep(FactSheet sheet) {
    if (known.containsKey(sheet.hash())) {
      return;
    }
    Path place = place(sheet.hash());
    try {
      Files.createDirectories(directory);
      if (!Files.exists(place)) {
        DurableFile.replace(place, sheet.json().canonicalText());
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("the sites' facts cannot be kept in " + place, failed);
    }
    known.put(sheet.hash(), sheet.json());
  }

  /// The sheet of that hash as receipts carry it, if it was ever kept and is unharmed.
  public Optional<Json> find(String hash) {
    Json found = known.get(hash);
    if (found != null) {
      return Optional.of(found);
    }
    try {
      return Files.exists(place(hash)) ? read(hash) : Optional.empty();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(place(hash) + " cannot be read", unreadable);
    }
  }

  private Optional<Json> read(String hash) throws IOException {
    return switch (Json.read(Files.readAllBytes(place(hash)))) {
      case Reading.Read<Json>(Json sheet) when sheet.canonicalHash().equals(hash) -> {
        known.put(hash, sheet);
        yield Optional.of(sheet);
      }
      case Reading.Read<Json> _, Reading.Unreadable<Json> _ -> Optional.empty();
    };
  }

  /// Base64 has a sign that a path has not.
  private Path place(String hash) {
    return directory.resolve(hash.replace('/', '_').replace('+', '-').replace("=", "") + ".json");
  }
}
