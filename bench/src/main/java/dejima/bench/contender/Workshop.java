package dejima.bench.contender;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// Where contenders are built and run.
///
/// @param repository Dejima's source tree
/// @param directory where peers are installed and each contender has its run directory; not below
///   version control
public record Workshop(Path repository, Path directory) {
  /// Makes both paths absolute.
  public Workshop {
    repository = repository.toAbsolutePath().normalize();
    directory = directory.toAbsolutePath().normalize();
  }

  /// A contender's run directory.
  ///
  /// @param name the contender's name
  /// @return an existing directory
  public Path run(String name) {
    return existing(directory.resolve("run").resolve(name));
  }

  /// Where a peer is installed or built.
  ///
  /// @param name the peer's name
  /// @return an existing directory
  public Path peer(String name) {
    return existing(directory.resolve("peers").resolve(name));
  }

  /// A run directory without anything in it.
  ///
  /// @param name its name
  /// @return an existing, empty directory
  public Path fresh(String name) {
    Path run = run(name);
    try (var files = Files.walk(run)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return run(name);
  }

  /// A file's new content.
  ///
  /// @param file the file, in an existing directory
  /// @param text its content
  /// @return the file
  public static Path write(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A port that is free now.
  ///
  /// @return a port on 127.0.0.1
  public static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on loopback", e);
    }
  }

  private static Path existing(Path directory) {
    try {
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
