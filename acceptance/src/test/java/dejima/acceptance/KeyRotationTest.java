package dejima.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dejima.acceptance.product.Answer;
import dejima.acceptance.product.Caller;
import dejima.acceptance.product.Finished;
import dejima.acceptance.product.GatewayProcess;
import dejima.acceptance.product.Product;
import dejima.acceptance.product.Verifying;
import dejima.acceptance.site.Script;
import dejima.acceptance.site.StubWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The log's key changes, and nobody's trust breaks.
class KeyRotationTest {

  private static String receipt(GatewayProcess gateway, Caller client) {
    return gateway.receipt(client, client.ask("m", "a question").expect(200).receiptId());
  }

  private static int verify(String receipt, Path keys, String... more) {
    return Verifying.verify(receipt.getBytes(UTF_8), keys, more).exit();
  }

  private static void restart(GatewayProcess gateway) {
    gateway.start().awaitSites(1);
  }

  private static Finished log(GatewayProcess gateway, String what) {
    return Product.run(gateway.folder(), "log", what, "--data", gateway.data().toString());
  }

  @Test
  void readersOfTheOldKeyGoOnWhileItGivesWayAndReachTheNewOneAfterwards() throws IOException {
    try (StubWorld world = new StubWorld("rotation")) {
      world.domestic("steady", "m", Script.answers());
      world.start("");
      GatewayProcess gateway = world.gateway();
      Path oldKeys = Files.copy(gateway.keys(), gateway.folder().resolve("old.pub"));
      String before = receipt(gateway, world.client());
      assertThat(log(gateway, "rotate-key").err()).contains("Stop it");
      gateway.stop();

      log(gateway, "rotate-key").expect(0);
      restart(gateway);
      String between = receipt(gateway, world.client());
      gateway.stop();
      log(gateway, "retire-key").expect(0);
      restart(gateway);
      String after = receipt(gateway, world.client());

      Answer succession = world.client().get("/log/succession").expect(200);
      Path line =
          Verifying.write(
              gateway.folder().resolve("succession"), succession.text().getBytes(UTF_8));
      assertThat(verify(before, oldKeys)).isZero();
      assertThat(verify(between, oldKeys)).isZero();
      assertThat(verify(after, oldKeys)).isEqualTo(Verifying.REFUSED);
      assertThat(verify(after, oldKeys, "--succession", line.toString())).isZero();
      assertThat(verify(before, gateway.keys())).isZero();
      assertThat(verify(between, gateway.keys())).isZero();
      assertThat(verify(after, gateway.keys())).isZero();
      assertThat(gateway.data().resolve("evidence.key.retiring")).doesNotExist();
    }
  }
}
