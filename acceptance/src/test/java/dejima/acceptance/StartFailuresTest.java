package dejima.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.acceptance.product.Finished;
import dejima.acceptance.product.FreePorts;
import dejima.acceptance.product.GatewayProcess;
import dejima.acceptance.product.Product;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What an operator reads when a program cannot start.
class StartFailuresTest {
  @Test
  void namesEveryMistakeInTheGatewaysConfigurationAtOnce() throws IOException {
    Path folder = Product.newFolder("mistakes");
    Files.writeString(
        folder.resolve("dejima.yaml"),
        """
        listen: nowhere
        colour: red
        policy: builtin:japan-baseline
        limits:
          maxBodyBytes: many
          typo: 1
        timeouts:
          idle: soon
        sites:
          - id: Not A Name
            operator: X
            country: Japan
            control: strong
            url: http://127.0.0.1:1
            pin: sha1/abc
          - id: second
        """);

    Finished failed = Product.run(folder, "serve").expect(2);

    assertThat(failed.err() + failed.out())
        .contains("listen", "colour", "maxBodyBytes", "limits.typo", "idle")
        .contains("sites[0].id", "sites[0].country", "sites[0].control", "sites[0].url")
        .contains("sites[0].pin", "sites[1].url", "sites[1].operator", "sites[1].pin")
        .doesNotContain("Exception", "\tat ");
  }

  @Test
  void namesEveryMistakeInAnAgentsConfigurationAtOnce() throws IOException {
    Path folder = Product.newFolder("agent-mistakes");
    Files.writeString(
        folder.resolve("agent.yaml"),
        """
        site: Not A Name
        country: Japan
        control: strong
        listen: nowhere
        shape: round
        gateways: [sha1/abc]
        engine:
          kind: magic
        """);

    Finished failed = Product.run(folder, "agent").expect(2);

    assertThat(failed.err() + failed.out())
        .contains("site", "operator", "country", "control", "listen", "shape", "gateways", "kind")
        .doesNotContain("Exception", "\tat ");
  }

  @Test
  void saysWhichFileIsMissing() {
    Path folder = Product.newFolder("missing");

    assertThat(Product.run(folder, "serve").expect(2).err()).contains("dejima.yaml");
    assertThat(Product.run(folder, "agent").expect(2).err()).contains("agent.yaml");
    assertThat(Product.run(folder, "serve", "--config", "no/such.yaml").expect(2).err())
        .contains("no/such.yaml");
  }

  @Test
  void saysWhichPortIsInUse() throws IOException {
    Path folder = Product.newFolder("port");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Files.writeString(
          folder.resolve("dejima.yaml"),
          "listen: 127.0.0.1:%d\nadmin: 127.0.0.1:%d\n"
              .formatted(taken.getLocalPort(), FreePorts.take(1).getFirst()));

      Finished failed = Product.run(folder, "serve").expect(1);

      assertThat(failed.err() + failed.out())
          .contains(Integer.toString(taken.getLocalPort()), "in use")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void saysThatAnotherDejimaUsesTheDirectory() {
    Path folder = Product.newFolder("twice");
    try (GatewayProcess first = GatewayProcess.in(folder)) {
      first.configured("builtin:demo-declared", List.of(), "").start();

      Finished second =
          Product.run(folder, "serve", "--config", first.config().toString()).expect(1);

      assertThat(second.err()).contains("in use by another Dejima");
    }
  }

  @Test
  void refusesEveryRequestUntilASoundBundleIsThereAndNeverSwapsAGoodOneForABad()
      throws IOException {
    Path folder = Product.newFolder("bundle");
    Path bundle = Files.createDirectories(folder.resolve("bundle/rules"));
    Files.writeString(bundle.resolve("1.cel"), "this is not a rule");
    try (GatewayProcess gateway = GatewayProcess.in(folder)) {
      gateway.configured("bundle", List.of(), "").start();

      assertThat(gateway.clientOf("").get("/readyz").expect(503).text()).contains("policy");
      assertThat(gateway.admin().post("/admin/v1/policy", "{}").expect(422).text())
          .contains("1.cel");
      assertThat(Product.run(folder, "policy", "check", "bundle").expect(1).err())
          .contains("1.cel");
    }
  }
}
