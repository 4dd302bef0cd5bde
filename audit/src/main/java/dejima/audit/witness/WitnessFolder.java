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
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// What a witness keeps: its keys, the logs that it follows and what it saw of them.
///
/// `witness.key` (secret) holds a line for each key that cosigns, `witness.pub` one for each that
/// ever did, the oldest first; `logs` a vkey for each log, `seen/` the latest checkpoints.
record WitnessFolder(Path path) {
  /// What an ML-DSA-44 cosignature can commit to (C2SP tlog-cosignature).
  private static final int LONGEST_NAME = 255;

  /// One key of each type cosigns.
  private static final int TYPES = 2;

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
      var made = generate(name, random);
      var keys = made.stream().map(NoteSecret::key).toList();
      publish(keys);
      keep(made);
      if (!Files.exists(path.resolve("logs"))) {
        Files.writeString(path.resolve("logs"), LOGS);
      }
      return keys;
    } catch (IOException e) {
      throw new UncheckedIOException("The folder " + path + " cannot be used", e);
    }
  }

  private static List<NoteSecret> generate(String name, RandomGenerator random) {
    return List.of(
        NoteSecret.generate(name, SignatureType.COSIGNATURE_ED25519, random),
        NoteSecret.generate(name, SignatureType.COSIGNATURE_ML_DSA_44, random));
  }

  private void keep(List<NoteSecret> secrets) throws IOException {
    replace(secrets(), secrets.stream().map(NoteSecret::keyFile).toList(), "rw-------");
  }

  private void publish(List<NoteKey> keys) throws IOException {
    replace(published(), keys.stream().map(NoteKey::text).toList(), "rw-r--r--");
  }

  /// The old lines stand until the new ones are on the disk.
  private void replace(Path file, List<String> lines, String permissions) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".draft");
    Files.deleteIfExists(draft);
    Files.createFile(
        draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
    Files.write(draft, lines);
    try (var written = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      written.force(true);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    try (var names = FileChannel.open(path, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  /// Makes keys that cosign beside the present ones from the next start on, so that readers of
  /// either are content.
  ///
  /// @return every public key that this witness ever had, the oldest first
  /// @throws IllegalStateException saying what to do, if keys are giving way already
  List<NoteKey> rotate(RandomGenerator random) {
    try {
      var old = secretKeys();
      if (old.size() > TYPES) {
        throw new IllegalStateException(
            "The keys before the present ones still cosign. Run 'witness retire-key' first.");
      }
      var made = generate(old.getFirst().name(), random);
      var all = new ArrayList<>(keys());
      made.forEach(secret -> all.add(secret.key()));
      publish(all);
      var secrets = new ArrayList<>(old);
      secrets.addAll(made);
      keep(secrets);
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException("The folder " + path + " cannot be used", e);
    }
  }

  /// Destroys the keys that are giving way. Their public halves stay listed: what they cosigned can
  /// still be checked.
  ///
  /// @throws IllegalStateException saying what to do, if there are none, or the new ones have
  ///   cosigned nothing yet
  void retire() {
    var secrets = secretKeys();
    if (secrets.size() <= TYPES) {
      throw new IllegalStateException(
          "No key is giving way in " + path + "; 'witness rotate-key' begins that.");
    }
    var staying = secrets.subList(secrets.size() - TYPES, secrets.size());
    if (!memory().isEmpty()
        && staying.stream().noneMatch(secret -> memory().holdsSignatureBy(secret.key()))) {
      throw new IllegalStateException(
          "The new keys have cosigned nothing yet. Start the witness, wait for a tree head, then"
              + " retire the old ones.");
    }
    try {
      keep(staying);
    } catch (IOException e) {
      throw new UncheckedIOException("The folder " + path + " cannot be used", e);
    }
  }

  private List<NoteSecret> secretKeys() {
    return lines(secrets(), "make one with 'dejima witness init'", NoteSecret::parse);
  }

  /// Every public key that this witness ever had, the oldest first.
  List<NoteKey> keys() {
    return lines(published(), "make one with 'dejima witness init'", NoteKey::parse);
  }

  private Path published() {
    return path.resolve("witness.pub");
  }

  private Path secrets() {
    return path.resolve("witness.key");
  }

  /// What signs for each of the witness's keys.
  List<Cosigner> cosigners() {
    return secretKeys().stream().map(Cosigner::new).toList();
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
