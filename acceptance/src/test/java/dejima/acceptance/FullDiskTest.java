package dejima.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dejima.acceptance.product.Answer;
import dejima.acceptance.product.Caller;
import dejima.acceptance.product.Commands;
import dejima.acceptance.product.Eventually;
import dejima.acceptance.product.GatewayProcess;
import dejima.acceptance.product.Product;
import dejima.acceptance.product.Verifying;
import dejima.acceptance.site.HeldAnswers;
import dejima.acceptance.site.Script;
import dejima.acceptance.site.StubSite;
import dejima.acceptance.site.StubWorld;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// The evidence log's disk is full: nothing leaves until there is room again, and nothing that was
/// answered for is lost. Needs root, to mount a small file system.
class FullDiskTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int MOST_REQUESTS = 50_000;
  private static final int CALLERS = 8;

  @Test
  void sendsNothingThatItCannotRecord() throws IOException {
    try (StubWorld world = new StubWorld("disk")) {
      StubSite site = world.domestic("steady", "steady", Script.answers());
      Path evidence = Files.createDirectories(world.gateway().data().resolve("evidence"));
      mount(evidence, "", "12m");
      try {
        world.start("");
        Caller client = world.client();
        String before = client.ask("steady", "before").expect(200).receiptId();
        Answer refused = askUntilRefused(client);
        int sent = site.received().size();

        assertThat(refused.errorCode()).isEqualTo("evidence_unavailable");
        assertThat(refused.header("retry-after")).isNotEmpty();
        for (int i = 0; i < 20; i++) {
          assertThat(client.ask("steady", "nothing-leaves").status()).isEqualTo(503);
        }
        assertThat(site.received()).hasSize(sent).doesNotContain("nothing-leaves");
        assertThat(world.gateway().clientOf("").get("/readyz").expect(503).text())
            .contains("evidence");

        mount(evidence, "remount,", "200m");
        Eventually.holds(
            SOON,
            () -> client.ask("steady", "after").status() == 200,
            () -> "it does not recover once there is room");
        Verifying.genuine(world.gateway(), client, before);
        String after = client.ask("steady", "after").expect(200).receiptId();
        Verifying.genuine(world.gateway(), client, after);
      } finally {
        closeAndUnmount(world.gateway(), evidence);
      }
    }
  }

  @Test
  void closesAsUnknownWhatEndedWhileItCouldNotRecord() throws IOException {
    try (StubWorld world = new StubWorld("outcome")) {
      HeldAnswers held = new HeldAnswers();
      world.domestic("steady", "steady", Script.answers());
      world.domestic("patient", "held", held);
      GatewayProcess gateway = world.gateway();
      Path evidence = Files.createDirectories(gateway.data().resolve("evidence"));
      mount(evidence, "", "12m");
      try {
        world.start("");
        Caller client = world.client();
        HttpResponse<InputStream> stream = client.askStreaming("held", "hold");
        String id = stream.headers().firstValue("dejima-receipt").orElseThrow();
        askUntilRefused(client);

        held.endOne();

        assertThat(new String(stream.body().readAllBytes(), StandardCharsets.UTF_8))
            .endsWith("data: [DONE]\n\n");
        gateway.process().awaitLine("the outcome of " + id + " is not recorded", SOON);
        mount(evidence, "remount,", "200m");
        Eventually.holds(
            SOON,
            () -> client.ask("steady", "after").status() == 200,
            () -> "it does not recover once there is room");
        assertThat(client.get("/v1/receipts/" + id).status()).isEqualTo(202);

        gateway.stop();
        gateway.start();

        JsonNode body = Verifying.genuine(gateway, client, id);
        assertThat(body.path("finish").asText()).isEqualTo("unknown");
        assertThat(body.has("siteSignature")).isFalse();
      } finally {
        closeAndUnmount(gateway, evidence);
      }
    }
  }

  private static Answer askUntilRefused(Caller client) {
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Answer>> refused = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        refused.add(callers.submit(() -> firstRefusal(client)));
      }
      return refused.getFirst().get();
    } catch (InterruptedException | ExecutionException failed) {
      throw new AssertionError(failed);
    }
  }

  private static Answer firstRefusal(Caller client) {
    for (int i = 0; i < MOST_REQUESTS; i++) {
      Answer answer = client.ask("steady", "filling");
      if (answer.status() != 200) {
        return answer.expect(503);
      }
    }
    throw new AssertionError("the disk is never full");
  }

  private static void mount(Path folder, String again, String size) {
    String options = again + "size=" + size;
    Commands.run(
            Product.home(),
            SOON,
            "mount",
            "-t",
            "tmpfs",
            "-o",
            options,
            "dejima-test",
            folder.toString())
        .expect(0);
  }

  private static void closeAndUnmount(GatewayProcess gateway, Path folder) {
    gateway.close();
    Commands.run(Product.home(), SOON, "umount", folder.toString()).expect(0);
  }
}
