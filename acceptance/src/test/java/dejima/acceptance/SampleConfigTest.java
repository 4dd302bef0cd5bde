package dejima.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.acceptance.product.Finished;
import dejima.acceptance.product.FreePorts;
import dejima.acceptance.product.GatewayProcess;
import dejima.acceptance.product.Product;
import dejima.acceptance.product.RunningProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// README's "Run it", followed to the letter on a fresh machine, but for the ports.
class SampleConfigTest {
  private static final String NOBODY = "sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  private static final Duration START = Duration.ofSeconds(60);

  @Test
  void startsAsItIsAndReachesASiteMadeByAgentInit() throws IOException {
    Path folder = Product.newFolder("sample");
    int agentPort = FreePorts.take(1).getFirst();
    try (GatewayProcess gateway = GatewayProcess.in(folder.resolve("gateway"))) {
      String sample =
          Files.readString(Product.home().resolve("dejima.example.yaml"))
              .replace("listen: 127.0.0.1:8080", "listen: 127.0.0.1:" + gateway.port())
              .replace("admin: 127.0.0.1:8081", "admin: 127.0.0.1:" + gateway.adminUrl().getPort())
              .replace(":9101", ":" + agentPort);
      Files.createDirectories(gateway.folder());
      Files.writeString(gateway.config(), sample);
      gateway.start();
      assertThat(gateway.admin().get("/admin/v1/sites").expect(200).text())
          .contains("ishikari-1")
          .doesNotContain("\"health\":\"up\"");
      gateway.stop();

      Path site = Files.createDirectories(folder.resolve("site"));
      Finished init = Product.run(site, "agent", "init", "--site", "ishikari-1").expect(0);
      String pin = init.out().replaceAll("(?s).*(sha256/[A-Za-z0-9+/]{43}=).*", "$1");
      Path agentConfig = site.resolve("agent.yaml");
      Files.writeString(
          agentConfig,
          Files.readString(agentConfig)
              .replace(NOBODY, gateway.pin())
              .replace("127.0.0.1:9101", "127.0.0.1:" + agentPort));
      try (RunningProcess agent = Product.start(site, "agent", "--config", "agent.yaml")) {
        agent.awaitLine("ready", START);
        Files.writeString(gateway.config(), sample.replace(NOBODY, pin));
        gateway.start();

        gateway.awaitSites(1);
      }
    }
  }
}
