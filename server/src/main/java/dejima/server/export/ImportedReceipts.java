package dejima.server.export;

import dejima.evidence.Reading;
import dejima.evidence.Receipt;
import dejima.evidence.RequestIds;
import dejima.server.files.Scratch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Receipts that came from other installations, below `<data>/imported/<origin>/<tenant>/`. They
/// are given out as they came: their logs' keys verify them, not ours.
public final class ImportedReceipts {
  private final Path imported;

  /// Keeps them in the data directory `data`.
  public ImportedReceipts(Path data) {
    this.imported = data.resolve("imported");
  }

  /// A receipt of a tenant, if one was imported.
  ///
  /// @param tenant its pseudonym
  public Optional<Receipt> find(String tenant, String id) {
    if (!RequestIds.isId(id)) {
      return Optional.empty();
    }
    return folders(tenant).stream()
        .flatMap(folder -> days(id).map(day -> folder.resolve("receipts").resolve(day)))
        .map(day -> day.resolve(id + ".txt"))
        .filter(Files::isRegularFile)
        .findFirst()
        .flatMap(ImportedReceipts::read);
  }

  /// A request ends on the day on which it began, or on one of the next.
  private static Stream<String> days(String id) {
    var began = Instant.ofEpochMilli(RequestIds.millis(id)).atZone(ZoneOffset.UTC).toLocalDate();
    return Stream.of(began, began.plusDays(1), began.minusDays(1)).map(Object::toString);
  }

  private static Optional<Receipt> read(Path file) {
    try {
      return Receipt.parse(Files.readAllBytes(file)) instanceof Reading.Read<Receipt>(var receipt)
          ? Optional.of(receipt)
          : Optional.empty();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private List<Path> folders(String tenant) {
    if (!Files.isDirectory(imported) || !tenant.matches("t_[a-z0-9]{12}")) {
      return List.of();
    }
    try (Stream<Path> origins = Files.list(imported)) {
      return origins.map(origin -> origin.resolve(tenant)).filter(Files::isDirectory).toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// A folder beside them for what is not checked yet, empty.
  Path staging() throws IOException {
    Path staging = Files.createDirectories(imported.resolve(".staging"));
    return Files.createTempDirectory(staging, "import");
  }

  /// Puts a checked export in its place in one step.
  void place(Path staged, String origin, String tenant) throws IOException {
    Path folder =
        Files.createDirectories(
            imported.resolve("from-" + origin.replaceAll("[^A-Za-z0-9.-]", "_")));
    Files.deleteIfExists(staged.resolve(SaltFile.FILE)); // they are in the database, or nowhere
    Files.move(staged, folder.resolve(tenant), StandardCopyOption.ATOMIC_MOVE);
  }

  /// Deletes what an interrupted import may have left: what is staged, and what belongs to no
  /// tenant.
  ///
  /// @param known whether there is a tenant of that pseudonym
  public void sweep(Predicate<String> known) {
    if (!Files.isDirectory(imported)) {
      return;
    }
    try (Stream<Path> origins = Files.list(imported)) {
      for (Path origin : origins.toList()) {
        sweep(origin, known);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void sweep(Path origin, Predicate<String> known) throws IOException {
    try (Stream<Path> tenants = Files.list(origin)) {
      for (Path tenant : tenants.toList()) {
        if (!known.test(tenant.getFileName().toString())) {
          Scratch.delete(tenant);
        }
      }
    }
  }

  /// Deletes one receipt, which holds its salt; false if none of that id was imported.
  public boolean forgetOne(String id) {
    if (!RequestIds.isId(id) || !Files.isDirectory(imported)) {
      return false;
    }
    try (Stream<Path> files = Files.find(imported, 5, (file, _) -> file.endsWith(id + ".txt"))) {
      boolean deleted = false;
      for (Path file : files.toList()) {
        deleted |= Files.deleteIfExists(file);
      }
      return deleted;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// Deletes a tenant's receipts of requests before a moment, which hold their salts.
  ///
  /// @param tenant its pseudonym
  /// @return how many there were
  int forgetBefore(String tenant, Instant before) {
    int deleted = 0;
    try {
      for (Path folder : folders(tenant)) {
        Files.deleteIfExists(folder.resolve(SaltFile.FILE));
        try (Stream<Path> files = Files.walk(folder)) {
          for (Path file : files.filter(one -> isBefore(one, before)).toList()) {
            deleted += Files.deleteIfExists(file) ? 1 : 0;
          }
        }
      }
      return deleted;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static boolean isBefore(Path file, Instant before) {
    String name = String.valueOf(file.getFileName());
    String id = name.endsWith(".txt") ? name.substring(0, name.length() - ".txt".length()) : "";
    return RequestIds.isId(id) && RequestIds.millis(id) < before.toEpochMilli();
  }

  /// Deletes a tenant's receipts, which hold its salts.
  ///
  /// @param tenant its pseudonym
  public void forget(String tenant) {
    try {
      for (Path folder : folders(tenant)) {
        Scratch.delete(folder);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
