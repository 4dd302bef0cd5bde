package dejima.audit.monitor;

import dejima.evidence.Reading;
import dejima.evidence.tree.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a monitor remembers of one log between its runs, in a folder: how far it was followed, and
/// the notes of every alarm. A file holds the old state or the new one, whenever the machine stops.
final class MonitorState implements AutoCloseable {
  private final Path folder;
  private final String name;
  private final FileLock lock;

  private MonitorState(Path folder, String name, FileLock lock) {
    this.folder = folder;
    this.name = name;
    this.lock = lock;
  }

  /// Takes hold of what is remembered of a log: two monitors would undo each other's memory.
  static MonitorState of(Path folder, String origin) {
    String name = hash(origin);
    try {
      Files.createDirectories(folder);
      var channel =
          FileChannel.open(
              folder.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new MonitorState(folder, name, lock);
      }
      channel.close();
    } catch (OverlappingFileLockException inThisProcess) {
      throw used(folder, inThisProcess);
    } catch (IOException unusable) {
      throw new UncheckedIOException("The folder " + folder + " cannot be written.", unusable);
    }
    throw used(folder, null);
  }

  private static IllegalStateException used(Path folder, @Nullable Throwable cause) {
    return new IllegalStateException(
        "Another monitor of this log uses "
            + folder
            + "; stop it, or name another folder with --state.",
        cause);
  }

  /// The hexadecimal SHA-256 of a log's name, as the monitoring interface of witnesses has it.
  static String hash(String origin) {
    return Sha256.hex(origin.getBytes(StandardCharsets.UTF_8));
  }

  private Path file() {
    return folder.resolve(name + ".json");
  }

  /// How far the log was followed.
  ///
  /// @throws IllegalStateException if that is damaged: forgetting would hide a roll-back
  Optional<Followed> before() {
    try {
      if (!Files.exists(file())) {
        return Optional.empty();
      }
      return switch (Followed.parse(Files.readAllBytes(file()))) {
        case Reading.Read<Followed>(Followed followed) -> Optional.of(followed);
        case Reading.Unreadable<Followed>(String reason) ->
            throw new IllegalStateException(
                "What was checked before is damaged in %s (%s); restore it, or delete it to start anew."
                    .formatted(file(), reason));
      };
    } catch (IOException unreadable) {
      throw new UncheckedIOException("The file " + file() + " cannot be read.", unreadable);
    }
  }

  /// It was followed so far; when this returns, that is on the disk.
  void keep(Followed followed) {
    try {
      Path draft = folder.resolve(name + ".draft");
      try (var channel =
          FileChannel.open(
              draft,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        var bytes = ByteBuffer.wrap(followed.text().getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(draft, file(), StandardCopyOption.ATOMIC_MOVE);
      try (var names = FileChannel.open(folder, StandardOpenOption.READ)) {
        names.force(true);
      }
    } catch (IOException full) {
      throw new UncheckedIOException("The folder " + folder + " cannot be written.", full);
    }
  }

  /// Keeps the signed notes of an alarm, which convince others.
  Path keepEvidence(List<String> evidence) {
    try {
      Path file = Files.createTempFile(folder, "alarm-", ".txt");
      return Files.writeString(file, String.join("\n========\n", evidence));
    } catch (IOException full) {
      throw new UncheckedIOException("The folder " + folder + " cannot be written.", full);
    }
  }

  @Override
  public void close() {
    try {
      lock.release();
      lock.channel().close();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }
}
