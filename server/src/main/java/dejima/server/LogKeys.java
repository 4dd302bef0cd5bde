package dejima.server;

import dejima.evidence.KeySuccession;
import dejima.evidence.NoteKey;
import dejima.evidence.NoteSecret;
import dejima.evidence.Reading;
import dejima.evidence.SignedNote;
import dejima.evidence.Signer;
import dejima.server.files.DurableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The keys of this node's log on disk: the one that signs, one that is giving way to it and signs
/// tree heads beside it, and how they followed one another.
///
/// | file | holds |
/// |---|---|
/// | `evidence.key` | the key that signs |
/// | `evidence.key.retiring` | the one before, until [#retire] |
/// | `evidence.succession` | each old key's word for the next |
/// | `evidence.pub` | all public halves, as `verify` reads them |
public final class LogKeys {
  private final Path directory;

  private LogKeys(Path directory) {
    this.directory = directory;
  }

  /// Those of a data directory, which the caller has locked.
  static LogKeys in(Path directory) {
    return new LogKeys(directory);
  }

  /// Makes a new key that signs from the next start on; the present one goes on signing tree heads
  /// beside it, so that nobody's trust breaks.
  ///
  /// @param data the data directory of a server that is stopped
  /// @return the new key
  /// @throws RuntimeException saying what to do if a server runs there, or a key is retiring still
  public static NoteKey rotate(Path data, RandomGenerator random) {
    try (DataDirectory locked = DataDirectory.open(data)) {
      return locked.keys().follow(random);
    }
  }

  /// Destroys the key that is giving way.
  ///
  /// @param data the data directory of a server that is stopped
  /// @throws RuntimeException saying what to do if there is none, or the new one signed nothing yet
  public static void retire(Path data) {
    try (DataDirectory locked = DataDirectory.open(data)) {
      locked.keys().destroyOld(locked.publicLog().resolve("checkpoint"));
    }
  }

  /// The key that signs, made when there is none; the public halves are written beside it.
  NoteSecret current(String origin, RandomGenerator random) {
    try {
      if (!Files.exists(key())) {
        DurableFile.replace(key(), NoteSecret.generate(origin, random).keyFile() + "\n");
      }
      NoteSecret secret = secret(key());
      publish(secret.key());
      return secret;
    } catch (IOException failed) {
      throw new UncheckedIOException("the log's key cannot be kept in " + key(), failed);
    }
  }

  /// Those that are giving way.
  List<Signer> retiring() {
    try {
      return Files.exists(oldKey()) ? List.of(Signer.ed25519(secret(oldKey()))) : List.of();
    } catch (IOException failed) {
      throw new UncheckedIOException("the key in " + oldKey() + " cannot be read", failed);
    }
  }

  /// All public halves, as `/log/keys` serves them: a bare key as long as there was only one.
  String published() {
    try {
      NoteKey current = secret(key()).key();
      return succession().steps().isEmpty()
          ? current.text() + "\n"
          : Files.readString(directory.resolve("evidence.pub"));
    } catch (IOException failed) {
      throw new UncheckedIOException("the log's public keys cannot be read", failed);
    }
  }

  /// How they followed one another.
  KeySuccession succession() {
    Path file = directory.resolve("evidence.succession");
    try {
      if (!Files.exists(file)) {
        return new KeySuccession(List.of());
      }
      return switch (KeySuccession.parse(Files.readString(file))) {
        case Reading.Read<KeySuccession>(KeySuccession read) -> read;
        case Reading.Unreadable<KeySuccession>(String reason) ->
            throw new IllegalStateException(
                file + " is damaged (" + reason + "); restore it from a backup");
      };
    } catch (IOException failed) {
      throw new UncheckedIOException(file + " cannot be read", failed);
    }
  }

  private NoteKey follow(RandomGenerator random) {
    try {
      NoteSecret old = secret(key());
      if (Files.exists(oldKey()) && !secret(oldKey()).key().equals(old.key())) {
        throw new IllegalStateException(
            "The key before the present one is still giving way. Run 'dejima log retire-key' first.");
      }
      NoteSecret next = NoteSecret.generate(old.name(), random);
      // The old key is copied first and replaced last: whatever stops this, it can be run again.
      DurableFile.replace(oldKey(), old.keyFile() + "\n");
      DurableFile.replace(
          directory.resolve("evidence.succession"),
          succession().followedBy(Signer.ed25519(old), next.key()).file());
      DurableFile.replace(key(), next.keyFile() + "\n");
      publish(next.key());
      return next.key();
    } catch (IOException failed) {
      throw new UncheckedIOException("the log's keys cannot be changed in " + directory, failed);
    }
  }

  private void destroyOld(Path checkpoint) {
    if (!Files.exists(oldKey())) {
      throw new IllegalStateException(
          "No key is giving way in " + directory + "; 'dejima log rotate-key' begins that.");
    }
    try {
      NoteKey current = secret(key()).key();
      Optional<SignedNote> newest =
          Files.exists(checkpoint)
              ? SignedNote.parse(Files.readString(checkpoint)).toOptional()
              : Optional.empty();
      if (newest.stream()
          .flatMap(note -> note.signatures().stream())
          .noneMatch(line -> line.isBy(current))) {
        throw new IllegalStateException(
            "The new key has signed no tree head yet. Start the server once, then retire the old key.");
      }
      Files.delete(oldKey());
      DurableFile.flush(directory);
    } catch (IOException failed) {
      throw new UncheckedIOException("the old key cannot be destroyed in " + directory, failed);
    }
  }

  /// Old keys stay in the file, because receipts that were fetched under them go on being genuine.
  private void publish(NoteKey current) throws IOException {
    StringBuilder file = new StringBuilder("log ").append(current.text()).append('\n');
    succession().former().stream()
        .filter(key -> !key.equals(current))
        .forEach(key -> file.append("log ").append(key.text()).append('\n'));
    DurableFile.replace(directory.resolve("evidence.pub"), file.append("quorum none\n").toString());
  }

  private Path key() {
    return directory.resolve("evidence.key");
  }

  private Path oldKey() {
    return directory.resolve("evidence.key.retiring");
  }

  private static NoteSecret secret(Path file) throws IOException {
    return switch (NoteSecret.parse(Files.readString(file))) {
      case Reading.Read<NoteSecret>(NoteSecret secret) -> secret;
      case Reading.Unreadable<NoteSecret>(String reason) ->
          throw new IllegalStateException(
              "the log's key in "
                  + file
                  + " is damaged ("
                  + reason
                  + "); restore it from a backup");
    };
  }
}
