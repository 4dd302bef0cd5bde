package dejima.audit.witness;

import dejima.evidence.Cosigner;
import dejima.evidence.NoteKey;
import dejima.evidence.NoteSecret;
import dejima.evidence.Reading;
import dejima.evidence.SignatureType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// What a witness keeps: its keys, the logs that it follows and what it saw of them.
///
/// `witness.key` (secret) and `witness.pub` hold a line for each key, `logs` a vkey for each log,
/// `seen/` the latest checkpoints.
record WitnessFolder(Path path) {
  /// What an ML-DSA-44 cosignature can commit to (C2SP tlog-cosignature).
  private static final int LONGEST_NAME = 255;

  private static final String LOGS =
      """
      # The logs that this witness follows, one verifier key (vkey) in each line.
      # A gateway shows its own at /log/keys. Restart the witness after a change.
      """;

  /// Makes keys of both types and an empty list of logs.
  ///
  /// @return the public keys
  List<NoteKey> create(String name, RandomGenerator random) {
    if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
      throw new IllegalStateException("A witness's name has at most 255 bytes.");
    }
    try {
      Files.createDirectories(path.resolve("seen"));
      if (Files.exists(secrets())) {
        throw new IllegalStateException(
            "There is a witness in " + path + " already; take another folder.");
      }
      var made =
          List.of(
              NoteSecret.generate(name, SignatureType.COSIGNATURE_ED25519, random),
              NoteSecret.generate(name, SignatureType.COSIGNATURE_ML_DSA_44, random));
      Files.createFile(
          secrets(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(secrets(), made.stream().map(NoteSecret::keyFile).toList());
      var keys = made.stream().map(NoteSecret::key).toList();
      Files.write(path.resolve("witness.pub"), keys.stream().map(NoteKey::text).toList());
      if (!Files.exists(path.resolve("logs"))) {
        Files.writeString(path.resolve("logs"), LOGS);
      }
      return keys;
    } catch (IOException e) {
      throw new UncheckedIOException("The folder " + path + " cannot be used", e);
    }
  }

  private Path secrets() {
    return path.resolve("witness.key");
  }

  /// What signs for each of the witness's keys.
  List<Cosigner> cosigners() {
    return lines(secrets(), "make one with 'dejima witness init'", NoteSecret::parse).stream()
        .map(Cosigner::new)
        .toList();
  }

  /// The keys of the logs that the witness follows.
  List<NoteKey> logs() {
    var logs = lines(path.resolve("logs"), "it lists the logs to follow", NoteKey::parse);
    if (logs.stream().anyMatch(key -> key.type().cosigns())) {
      throw new IllegalStateException("'logs' holds the key of a witness; it takes keys of logs.");
    }
    return logs;
  }

  Memory memory() {
    return new Memory(path.resolve("seen"));
  }

  private static <T> List<T> lines(
      Path file, String otherwise, Function<String, Reading<T>> reader) {
    try {
      var read = new ArrayList<T>();
      int number = 0;
      for (String line : Files.readAllLines(file)) {
        number++;
        if (!line.isBlank() && !line.startsWith("#")) {
          switch (reader.apply(line.strip())) {
            case Reading.Read<T>(T value) -> read.add(value);
            case Reading.Unreadable<T>(String reason) ->
                throw new IllegalStateException("%s, line %d: %s".formatted(file, number, reason));
          }
        }
      }
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException("The file " + file + " cannot be read; " + otherwise, e);
    }
  }

  /// Takes hold of the folder until the process ends: two witnesses with one memory would sign two
  /// histories.
  FileLock lock() {
    try {
      var channel =
          FileChannel.open(
              path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return lock;
      }
      channel.close();
    } catch (OverlappingFileLockException e) {
      throw new IllegalStateException("Another witness in this process uses " + path, e);
    } catch (IOException e) {
      throw new UncheckedIOException("The folder " + path + " cannot be used", e);
    }
    throw new IllegalStateException("Another witness uses " + path + "; stop it first.");
  }
}
