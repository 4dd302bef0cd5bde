package dejima.server.drill;

import dejima.evidence.Json;
import dejima.server.files.DurableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// The drill that is being held, in a file that goes when it has ended: one that a crash interrupts
/// is found at the next start.
///
/// @param file where that stands
record Begun(Path file) {
  private static final int LONGEST = 1 << 20;

  /// A drill begins.
  ///
  /// @param id of its entry
  void mark(String id, Instant at, Withdrawal withdrawal) {
    try {
      Files.createDirectories(file.resolveSibling(""));
      DurableFile.replace(file, begin(id, at, withdrawal).build().canonicalText());
    } catch (IOException failed) {
      throw new UncheckedIOException("a drill cannot begin: " + file + " is not written", failed);
    }
  }

  /// What the report of a drill without an end says.
  static Json.Members begin(String id, Instant at, Withdrawal withdrawal) {
    return Json.object()
        .put("drill", "withdraw")
        .put("id", id)
        .put("time", at.toEpochMilli())
        .put("at", at.toString())
        .put("operator", withdrawal.operator())
        .put("sites", Json.strings(withdrawal.sites().stream().sorted().limit(12).toList()))
        .put("siteCount", withdrawal.sites().size());
  }

  /// The drill that was begun and has not ended.
  Optional<Json.Obj> unended() {
    try {
      return Files.exists(file)
          ? Json.read(Files.readAllBytes(file), LONGEST)
              .toOptional()
              .filter(Json.Obj.class::isInstance)
              .map(Json.Obj.class::cast)
          : Optional.empty();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(file + " cannot be read", unreadable);
    }
  }

  /// It has ended, and that is recorded.
  void ended() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(file + " cannot be deleted", failed);
    }
  }
}
