package dejima.acceptance.product;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A `./dejima witness` in a folder and on a port of its own.
public final class WitnessProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);

  private final Path folder;
  private final String name;
  private final int port;
  private final List<RunningProcess> running = new java.util.ArrayList<>();

  private WitnessProcess(Path folder, String name, int port) {
    this.folder = folder;
    this.name = name;
    this.port = port;
  }

  /// Makes its keys; it is not started.
  public static WitnessProcess init(String name) {
    Path folder = Product.newFolder("witness");
    Product.run(folder, "witness", "init", folder.toString(), "--name", name).expect(0);
    return new WitnessProcess(folder, name, FreePorts.take(1).getFirst());
  }

  /// Its verifier keys: Ed25519, then ML-DSA-44.
  public List<String> keys() {
    try {
      return Files.readAllLines(folder.resolve("witness.pub"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// Lines of a policy file that name it: each key, and the group of both.
  public String policy() {
    return """
    witness %1$s/1 %2$s http://127.0.0.1:%4$d/
    witness %1$s/2 %3$s http://127.0.0.1:%4$d/
    group %1$s all %1$s/1 %1$s/2
    """
        .formatted(name, keys().get(0), keys().get(1), port);
  }

  /// Stops it, and runs a command on its folder, such as `rotate-key`.
  public Finished change(String command) {
    stop();
    return Product.run(folder, "witness", command, folder.toString());
  }

  /// The lines that a command of it printed for policy files, with its address.
  public String lines(Finished printed) {
    return printed.out().replace("http://HOST:8090", url() + "/");
  }

  /// Follows this log from now on.
  public WitnessProcess start(String logKey) {
    try {
      Files.writeString(folder.resolve("logs"), logKey + "\n");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return start();
  }

  /// Goes on following the logs that it followed before.
  public WitnessProcess start() {
    RunningProcess process =
        Product.start(
            folder, "witness", "serve", folder.toString(), "--listen", "127.0.0.1:" + port);
    running.add(process);
    process.awaitLine("witness on", START);
    return this;
  }

  /// Its address.
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /// Stops it; it can be started again.
  public void stop() {
    running.forEach(RunningProcess::close);
    running.clear();
  }

  @Override
  public void close() {
    stop();
  }
}
