package dejima.bench.measure;

import dejima.bench.contender.Upstream;
import dejima.bench.contender.Workshop;
import dejima.bench.stub.SiteIdentity;
import dejima.bench.stub.StubMain;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// The stub, started as a process of its own.
final class StubProcess implements AutoCloseable {
  private final Process process;
  private final Upstream upstream;

  private StubProcess(Process process, Upstream upstream) {
    this.process = process;
    this.upstream = upstream;
  }

  /// Starts the stub and waits until it listens.
  static StubProcess start(Workshop workshop) {
    Path directory = workshop.run("stub");
    SiteIdentity site = SiteIdentity.create(directory, "site");
    SiteIdentity client = SiteIdentity.create(directory, "client");
    var builder =
        new ProcessBuilder(command(site))
            .directory(directory.toFile())
            .redirectError(directory.resolve("error.log").toFile());
    try {
      Process process = builder.start();
      String line =
          Objects.requireNonNull(
              new BufferedReader(process.inputReader(StandardCharsets.UTF_8)).readLine(),
              "the stub ended at once; see " + directory.resolve("error.log"));
      List<String> words = List.of(line.split(" "));
      var upstream =
          new Upstream(
              Integer.parseInt(words.get(1)), Integer.parseInt(words.get(2)), site, client);
      return new StubProcess(process, upstream);
    } catch (IOException e) {
      throw new UncheckedIOException("the stub cannot be started; see " + directory, e);
    }
  }

  Upstream upstream() {
    return upstream;
  }

  @Override
  public void close() {
    process.destroy();
  }

  private static List<String> command(SiteIdentity site) {
    return List.of(
        System.getProperty("java.home") + "/bin/java",
        "-XX:+UseSerialGC",
        "-Xmx256m",
        "-cp",
        absoluteClassPath(),
        StubMain.class.getName(),
        site.certificate().toString(),
        site.key().toString());
  }

  private static String absoluteClassPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
