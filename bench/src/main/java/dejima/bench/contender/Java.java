package dejima.bench.contender;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The JVM that the harness runs on, for contenders that need one.
final class Java {
  /// What Dejima's own launcher gives its server, so that peers on the JVM have no worse start.
  static final List<String> FLAGS =
      List.of("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-Xshare:auto");

  private Java() {}

  static String home() {
    return System.getProperty("java.home");
  }

  static String version() {
    return "JDK " + Runtime.version();
  }

  static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(home() + "/bin/java");
    command.addAll(FLAGS);
    command.addAll(List.of(arguments));
    return command;
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
