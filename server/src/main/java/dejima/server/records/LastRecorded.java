package dejima.server.records;

import dejima.evidence.Json;
import dejima.evidence.Reading;
import dejima.server.files.DurableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the node recorded last of things that seldom change, kept across restarts so that only a
/// change is recorded again. It may be lost: then everything is recorded once more, and nothing is
/// missed.
public final class LastRecorded {
  private static final Logger LOG = LoggerFactory.getLogger(LastRecorded.class);

  private final Path file;
  private final SortedMap<String, String> values = new TreeMap<>();

  private LastRecorded(Path file) {
    this.file = file;
  }

  /// What is kept in a file, nothing if there is none.
  public static LastRecorded in(Path file) {
    LastRecorded kept = new LastRecorded(file);
    try {
      if (Files.exists(file)) {
        kept.read(Files.readAllBytes(file));
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(file + " cannot be read", unreadable);
    }
    return kept;
  }

  private void read(byte[] bytes) {
    switch (Json.read(bytes)) {
      case Reading.Read<Json>(Json.Obj object) ->
          object.forEach((name, value) -> {
            if (value instanceof Json.Str(String text)) {
              values.put(name, text);
            }
          });
      case Reading.Read<Json> _, Reading.Unreadable<Json> _ ->
          LOG.warn("{} is damaged; keys and site statements will be recorded again", file);
    }
  }

  /// What was recorded last under a name.
  public synchronized Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /// Everything whose name begins so.
  public synchronized SortedMap<String, String> below(String prefix) {
    return new TreeMap<>(values.subMap(prefix, prefix + Character.MAX_VALUE));
  }

  /// Keeps what was recorded; an empty value forgets the name.
  ///
  /// @throws UncheckedIOException if the disk refuses
  public synchronized void keep(Map<String, String> recorded) {
    if (recorded.isEmpty()) {
      return;
    }
    recorded.forEach((name, value) -> {
      if (value.isEmpty()) {
        values.remove(name);
      } else {
        values.put(name, value);
      }
    });
    Json.Members members = Json.object();
    values.forEach(members::put);
    try {
      DurableFile.replace(file, members.build().canonicalText());
    } catch (IOException failed) {
      throw new UncheckedIOException(file + " cannot be written", failed);
    }
  }
}
