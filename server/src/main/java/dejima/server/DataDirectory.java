package dejima.server;

import dejima.server.config.ServerConfig.ExternalDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

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

  /// The keys of the log.
  LogKeys keys() {
    return LogKeys.in(path);
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
