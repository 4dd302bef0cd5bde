package dejima.server;

import dejima.evidence.NoteSecret;
import dejima.evidence.Reading;
import dejima.evidence.Signer;
import dejima.evidence.VerificationKeys;
import dejima.server.config.ServerConfig.ExternalDatabase;
import dejima.server.corretto.QuickSigner;
import dejima.server.files.DurableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/// The directory in which this node keeps what must survive it. One process at a time owns it.
final class DataDirectory implements AutoCloseable {
  private final Path path;
  private final FileChannel lock;

  private DataDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /// Takes hold of the directory, making it if there is none.
  ///
  /// @throws DirectoryInUse if another process holds it
  static DataDirectory open(Path path) {
    try {
      Files.createDirectories(path);
      FileChannel channel =
          FileChannel.open(
              path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isLocked(channel)) {
        channel.close();
        throw new DirectoryInUse(path);
      }
      return new DataDirectory(path, channel);
    } catch (IOException failed) {
      throw new UncheckedIOException("the data directory " + path + " cannot be used", failed);
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    }
  }

  /// Another Dejima uses the same directory.
  static final class DirectoryInUse extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DirectoryInUse(Path path) {
      super(
          "The data directory "
              + path
              + " is in use by another Dejima. Stop it, or set 'data' to another directory.");
    }
  }

  Path log() {
    return path.resolve("evidence");
  }

  Path publicLog() {
    return log().resolve("public");
  }

  /// The log's key, made when there is none; its public half is written beside it.
  ///
  /// @param background loads a faster way to sign once it is needed
  Signer signer(String origin, RandomGenerator random, Executor background) {
    Path file = path.resolve("evidence.key");
    try {
      if (!Files.exists(file)) {
        DurableFile.replace(file, NoteSecret.generate(origin, random).keyFile() + "\n");
      }
      NoteSecret secret = secret(file);
      Files.writeString(path.resolve("evidence.pub"), VerificationKeys.file(secret.key()));
      return new QuickSigner(secret, background);
    } catch (IOException failed) {
      throw new UncheckedIOException("the log's key cannot be kept in " + file, failed);
    }
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

  /// The password of an external database, empty when none is needed.
  static String password(ExternalDatabase database) {
    return database
        .passwordFile()
        .map(file -> {
          try {
            return Files.readString(file).strip();
          } catch (IOException failed) {
            throw new UncheckedIOException("the password file " + file + " cannot be read", failed);
          }
        })
        .orElse("");
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException failed) {
      throw new UncheckedIOException("the lock on " + path + " cannot be given up", failed);
    }
  }
}
