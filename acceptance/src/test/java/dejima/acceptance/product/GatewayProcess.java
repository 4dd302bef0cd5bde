package dejima.acceptance.product;

import dejima.agent.TlsIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A `./dejima serve` with its own folder, ports and embedded PostgreSQL.
public final class GatewayProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(90);
  private static final String UP = "\"health\":\"up\"";
  private static final Duration TREE_HEAD = Duration.ofSeconds(15);

  private final Path folder;
  private final int port;
  private final int adminPort;
  private Optional<RunningProcess> running = Optional.empty();
  private Map<String, String> environment = Map.of();
  private String origin = "dejima.localhost/acceptance";

  private GatewayProcess(Path folder, int port, int adminPort) {
    this.folder = folder;
    this.port = port;
    this.adminPort = adminPort;
  }

  /// A gateway in a new folder, not started yet. Its key exists, so that sites can pin it.
  public static GatewayProcess in(Path folder) {
    List<Integer> ports = FreePorts.take(2);
    return new GatewayProcess(folder, ports.get(0), ports.get(1));
  }

  /// The pin of the gateway's key.
  public String pin() {
    return TlsIdentity.inDirectory(
            data().resolve("identity"), "dejima-gateway", InstantSource.system())
        .pin()
        .text();
  }

  /// Its log is called otherwise than those of other tests; before [#configured].
  public GatewayProcess called(String name) {
    origin = name;
    return this;
  }

  /// Writes the configuration.
  ///
  /// @param policy the value of `policy`
  /// @param more further top-level YAML, may be empty
  public GatewayProcess configured(String policy, List<SiteEntry> sites, String more) {
    StringBuilder yaml =
        new StringBuilder(
            """
            listen: 127.0.0.1:%d
            admin: 127.0.0.1:%d
            data: data
            origin: %s
            policy: %s
            %s
            sites:%s
            """
                .formatted(port, adminPort, origin, policy, more, sites.isEmpty() ? " []" : ""));
    sites.forEach(site -> yaml.append(site.yaml()));
    try {
      Files.createDirectories(folder);
      Files.writeString(config(), yaml);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return this;
  }

  /// Follows another wall clock than the machine's from its next start on.
  public GatewayProcess by(WallClock clock) {
    environment = clock.environment();
    return this;
  }

  /// Starts it and waits until it says that it is ready.
  public GatewayProcess start() {
    RunningProcess process = launch();
    process.awaitLine("ready", START);
    return this;
  }

  /// Waits until so many sites are up.
  public void awaitSites(int count) {
    Caller admin = admin();
    Eventually.holds(
        START,
        () -> admin.get("/admin/v1/sites").text().split(UP, -1).length - 1 == count,
        () -> "not every site is up: " + admin.get("/admin/v1/sites").text());
  }

  /// Starts it without waiting.
  public RunningProcess launch() {
    RunningProcess process =
        Product.start(folder, environment, "serve", "--config", config().toString());
    running = Optional.of(process);
    return process;
  }

  /// The process.
  public RunningProcess process() {
    return running.orElseThrow();
  }

  /// Its folder.
  public Path folder() {
    return folder;
  }

  /// The configuration file.
  public Path config() {
    return folder.resolve("dejima.yaml");
  }

  /// Its data directory.
  public Path data() {
    return folder.resolve("data");
  }

  /// The file with the log's public key.
  public Path keys() {
    return data().resolve("evidence.pub");
  }

  /// Port of the gateway listener.
  public int port() {
    return port;
  }

  /// Address of the gateway listener.
  public URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /// Address of the admin listener.
  public URI adminUrl() {
    return URI.create("http://127.0.0.1:" + adminPort);
  }

  /// The admin token.
  public String adminToken() {
    try {
      return Files.readString(data().resolve("admin.token")).strip();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// The admin plane with its token.
  public Caller admin() {
    return new Caller(adminUrl(), adminToken());
  }

  /// A client with a new key of this tenant.
  public Caller client(String tenant) {
    return clientWith("{\"tenant\":\"%s\",\"project\":\"acceptance\"}".formatted(tenant));
  }

  /// A client with a new key made from this request.
  public Caller clientWith(String keyRequest) {
    Answer issued = admin().post("/admin/v1/keys", keyRequest).expect(201);
    return new Caller(url(), issued.json().path("key").asText());
  }

  /// A client that sends this key.
  public Caller clientOf(String key) {
    return new Caller(url(), key);
  }

  /// A receipt as the gateway gives it, once a tree head covers it.
  public String receipt(Caller client, String id) {
    return Eventually.present(
        TREE_HEAD,
        () -> {
          Answer answer = client.get("/v1/receipts/" + id);
          if (answer.status() == 202) {
            return Optional.empty();
          }
          return Optional.of(answer.expect(200).text());
        },
        () -> "no tree head covers " + id);
  }

  /// Ends it as `kill -9` does; its PostgreSQL is left to itself.
  public void kill() {
    process().kill();
  }

  /// Asks it to end and waits.
  public void stop() {
    process().stop();
  }

  @Override
  public void close() {
    running.ifPresent(RunningProcess::close);
  }
}
