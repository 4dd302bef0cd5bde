package dejima.acceptance.product;

import dejima.agent.TlsIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/// A domestic site: a `./dejima agent` process before an engine of the test's choice.
public final class EngineSite implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);

  private final SiteEntry entry;
  private final RunningProcess agent;

  private EngineSite(SiteEntry entry, RunningProcess agent) {
    this.entry = entry;
    this.agent = agent;
  }

  /// Starts one and waits until it listens.
  ///
  /// @param folder where its files are kept; relative paths in `engine` start here
  /// @param gatewayPin the only gateway that it answers
  /// @param engine the keys of the `engine` section, one to a line
  public static EngineSite start(Path folder, String id, String gatewayPin, String engine) {
    int port = FreePorts.take(1).getFirst();
    String pin =
        TlsIdentity.inDirectory(folder.resolve("identity"), id, InstantSource.system())
            .pin()
            .text();
    try {
      Files.writeString(
          folder.resolve("agent.yaml"),
          """
          site: %s
          operator: Operator of %s
          country: JP
          control: domestic
          listen: 127.0.0.1:%d
          identity: identity
          gateways: [%s]
          engine:
          %s
          """
              .formatted(id, id, port, gatewayPin, engine.strip().indent(2)));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    RunningProcess agent = Product.start(folder, "agent");
    agent.awaitLine("ready", START);
    return new EngineSite(new SiteEntry(id, "JP", "domestic", "", port, pin), agent);
  }

  /// The site as a gateway's configuration names it.
  public SiteEntry entry() {
    return entry;
  }

  /// The agent's process.
  public RunningProcess agent() {
    return agent;
  }

  @Override
  public void close() {
    agent.close();
  }
}
