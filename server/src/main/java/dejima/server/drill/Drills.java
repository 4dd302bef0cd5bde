package dejima.server.drill;

import dejima.evidence.Json;
import dejima.evidence.Reading;
import dejima.evidence.tree.Sha256;
import dejima.server.files.DurableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The full reports of all drills, each in a file that is named by the SHA-256 of its bytes, which
/// the drill's entry in the log names too.
final class Drills {
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final int LONGEST = 64 << 20;
  private static final int MOST_LISTED = 100;

  private final Path directory;

  Drills(Path directory) {
    this.directory = directory;
  }

  /// A report that was kept.
  ///
  /// @param hash its file's name
  /// @param report what it says
  record Kept(String hash, Json.Obj report) {}

  /// The lower-case hex SHA-256 of a report's canonical form.
  static String hash(Json.Obj report) {
    return Sha256.hex(report.canonicalBytes());
  }

  /// Keeps a report, durably.
  ///
  /// @return its hash
  String keep(Json.Obj report) {
    String hash = hash(report);
    try {
      Files.createDirectories(directory);
      DurableFile.replace(directory.resolve(hash + ".json"), report.canonicalText());
      return hash;
    } catch (IOException failed) {
      throw new UncheckedIOException("the report cannot be kept in " + directory, failed);
    }
  }

  /// The report of that hash, if it is kept and unharmed.
  Optional<Json.Obj> find(String hash) {
    Path file = directory.resolve(hash + ".json");
    if (!HASH.matcher(hash).matches() || !Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return switch (Json.read(Files.readAllBytes(file), LONGEST)) {
        case Reading.Read<Json>(Json.Obj report) when hash(report).equals(hash) ->
            Optional.of(report);
        case Reading.Read<Json> _, Reading.Unreadable<Json> _ -> Optional.empty();
      };
    } catch (IOException unreadable) {
      throw new UncheckedIOException(file + " cannot be read", unreadable);
    }
  }

  /// The newest reports, at most a hundred, the newest first.
  List<Kept> newest() {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString().replace(".json", ""))
          .flatMap(hash -> find(hash).map(report -> new Kept(hash, report)).stream())
          .sorted(
              Comparator.comparing((Kept kept) -> kept.report().integer("time").orElse(0L))
                  .reversed())
          .limit(MOST_LISTED)
          .toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(directory + " cannot be read", failed);
    }
  }
}
