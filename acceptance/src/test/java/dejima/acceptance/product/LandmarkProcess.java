package dejima.acceptance.product;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A `./dejima landmark` in a folder and on a port of its own.
public final class LandmarkProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);

  private final String id;
  private final String key;
  private final String described;
  private final int port;
  private final RunningProcess process;

  private LandmarkProcess(
      String id, String key, String described, int port, RunningProcess process) {
    this.id = id;
    this.key = key;
    this.described = described;
    this.port = port;
    this.process = process;
  }

  /// Makes a landmark in Osaka's middle and starts it.
  ///
  /// @param gatewayPin the only gateway that it measures for
  public static LandmarkProcess start(String id, String person, String gatewayPin) {
    return start(id, person, gatewayPin, Map.of());
  }

  /// As above, with further variables in its environment.
  static LandmarkProcess start(
      String id, String person, String gatewayPin, Map<String, String> environment) {
    Path folder = Product.newFolder("landmark");
    int port = FreePorts.take(1).getFirst();
    String said =
        Product.run(
                folder,
                "landmark",
                "init",
                "--folder",
                "kept",
                "--id",
                id,
                "--person",
                person,
                "--latitude",
                "34.70",
                "--longitude",
                "135.50",
                "--gateway",
                gatewayPin)
            .expect(0)
            .out();
    Path settings = folder.resolve("kept/landmark.properties");
    try {
      Files.writeString(
          settings, Files.readString(settings).replace("127.0.0.1:9301", "127.0.0.1:" + port));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    RunningProcess process =
        Product.start(folder, environment, "landmark", "serve", "--folder", "kept");
    String ready = process.awaitLine("ready on", START);
    return new LandmarkProcess(
        id, ready.substring(ready.indexOf("key ") + 4).strip(), said, port, process);
  }

  /// Its note key.
  public String key() {
    return key;
  }

  /// What `init` printed.
  public String described() {
    return described;
  }

  /// Its line in the file by which outsiders trust it.
  public String trustLine() {
    return described.lines().filter(line -> line.startsWith("landmark ")).findFirst().orElseThrow();
  }

  /// The `landmarks` section of a gateway that asks these.
  public static String yaml(List<LandmarkProcess> landmarks) {
    StringBuilder yaml = new StringBuilder("landmarks:\n");
    for (LandmarkProcess one : landmarks) {
      String printed =
          one.described.substring(
              one.described.indexOf("  - id:"), one.described.indexOf("For whoever"));
      yaml.append(printed.replace("127.0.0.1:9301", "127.0.0.1:" + one.port).stripTrailing())
          .append('\n');
    }
    return yaml.toString();
  }

  /// Its id.
  public String id() {
    return id;
  }

  /// Falls silent.
  public void stop() {
    process.stop();
  }

  @Override
  public void close() {
    process.close();
  }
}
