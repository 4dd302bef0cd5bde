package dejima.acceptance.product;

import dejima.agent.TlsIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// The demo's four sites as `./dejima agent` processes with the built-in engine.
public final class DemoSites implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);

  private record Place(String id, String country, String control, String sku) {}

  private static final List<Place> PLACES =
      List.of(
          new Place("sakura-ishikari", "JP", "domestic", ""),
          new Place("softbank-sakai", "JP", "domestic", ""),
          new Place("azure-japaneast", "JP", "foreign", "Standard"),
          new Place("us-west", "US", "foreign", ""));

  private final List<SiteEntry> entries;
  private final List<RunningProcess> agents;

  private DemoSites(List<SiteEntry> entries, List<RunningProcess> agents) {
    this.entries = entries;
    this.agents = agents;
  }

  /// Starts all four, open to the gateways of these pins.
  public static DemoSites start(Path folder, String... gatewayPins) {
    String gatewayPin = String.join("\n  - ", gatewayPins);
    List<Integer> ports = FreePorts.take(PLACES.size());
    List<SiteEntry> entries = new ArrayList<>();
    List<RunningProcess> agents = new ArrayList<>();
    for (int i = 0; i < PLACES.size(); i++) {
      Place place = PLACES.get(i);
      Path home = folder.resolve(place.id());
      entries.add(
          new SiteEntry(
              place.id(),
              place.country(),
              place.control(),
              place.sku(),
              ports.get(i),
              pin(home, place.id())));
      write(home.resolve("agent.yaml"), agentYaml(place, ports.get(i), gatewayPin));
      agents.add(Product.start(home, "agent", "--config", home.resolve("agent.yaml").toString()));
    }
    agents.forEach(agent -> agent.awaitLine("ready", START));
    return new DemoSites(List.copyOf(entries), List.copyOf(agents));
  }

  private static String pin(Path home, String id) {
    return TlsIdentity.inDirectory(home.resolve("identity"), id, InstantSource.system())
        .pin()
        .text();
  }

  private static String agentYaml(Place place, int port, String gatewayPin) {
    return """
    site: %s
    operator: Operator of %s
    country: %s
    control: %s
    %sstandIn: true
    listen: 127.0.0.1:%d
    identity: identity
    gateways:
      - %s
    engine:
      kind: builtin
    """
        .formatted(
            place.id(),
            place.id(),
            place.country(),
            place.control(),
            place.sku().isEmpty() ? "" : "sku: " + place.sku() + "\n",
            port,
            gatewayPin);
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// The sites as a gateway's configuration names them.
  public List<SiteEntry> entries() {
    return entries;
  }

  @Override
  public void close() {
    agents.forEach(RunningProcess::close);
  }
}
