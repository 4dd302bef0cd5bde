package dejima.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dejima.acceptance.product.Caller;
import dejima.acceptance.product.Eventually;
import dejima.acceptance.product.RecordedBody;
import dejima.acceptance.product.SiteEntry;
import dejima.acceptance.product.Verifying;
import dejima.acceptance.site.Script;
import dejima.acceptance.site.StubSite;
import dejima.acceptance.site.StubWorld;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// A site changes its key while the gateway runs and requests go on.
class SiteKeyChangeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static String pin(String receipt) {
    return RecordedBody.in(receipt).getFirst().body().path("site").path("pin").asText();
  }

  private static String answeredBy(StubWorld world, Caller client, String site, String pin) {
    String[] receipt = {""};
    Eventually.holds(
        PATIENCE,
        () -> {
          var answer = client.ask("m", "who answers?");
          if (answer.status() != 200 || !answer.header("dejima-site").equals(site)) {
            return false;
          }
          receipt[0] = world.gateway().receipt(client, answer.receiptId());
          return pin(receipt[0]).equals(pin);
        },
        () -> "no answer of " + site + " under " + pin + ": " + receipt[0]);
    return receipt[0];
  }

  @Test
  void trafficMovesToTheNextKeyWithoutAnOutageAndOldReceiptsStayGenuine() {
    try (StubWorld world = new StubWorld("site-key")) {
      StubSite changing = world.domestic("changing", "m", Script.answers());
      world.domestic("steady", "m", Script.answers());
      String old = world.entries().getFirst().pin();
      List<SiteEntry> both =
          List.of(
              world.entries().getFirst().changingTo(changing.otherPin()),
              world.entries().getLast());
      world.startWith(both);
      Caller client = world.client();
      String before = answeredBy(world, client, "changing", old);

      AtomicBoolean stop = new AtomicBoolean();
      AtomicInteger failed = new AtomicInteger();
      AtomicInteger sent = new AtomicInteger();
      var asking =
          CompletableFuture.runAsync(() -> {
            while (!stop.get()) {
              sent.incrementAndGet();
              failed.addAndGet(client.ask("m", "and now?").status() == 200 ? 0 : 1);
            }
          });
      changing.returnWithAnotherKey();
      String after = answeredBy(world, client, "changing", changing.otherPin());
      stop.set(true);
      asking.join();

      assertThat(sent.get()).isPositive();
      assertThat(failed.get()).as("of " + sent.get() + " requests").isZero();
      assertThat(genuine(world, before)).isZero();
      assertThat(genuine(world, after)).isZero();

      world.gateway().stop();
      world.startWith(
          List.of(
              new SiteEntry(
                  "changing", "JP", "domestic", "", both.getFirst().port(), changing.otherPin()),
              both.getLast()));
      answeredBy(world, client, "changing", changing.otherPin());
      String id = RecordedBody.in(before).getLast().body().path("id").asText();
      assertThat(genuine(world, world.gateway().receipt(client, id))).isZero();
    }
  }

  private static int genuine(StubWorld world, String receipt) {
    return Verifying.verify(receipt.getBytes(UTF_8), world.gateway().keys()).exit();
  }

  @Test
  void anotherKeyThanTheTwoStaysShutOut() {
    try (StubWorld world = new StubWorld("site-third-key")) {
      StubSite changing = world.domestic("changing", "m", Script.answers());
      world.startWith(
          List.of(
              world
                  .entries()
                  .getFirst()
                  .changingTo("sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")));
      Caller client = world.client();
      client.ask("m", "before").expect(200);
      int known = changing.received().size();

      changing.returnWithAnotherKey();

      Eventually.holds(
          PATIENCE, () -> client.ask("m", "after").status() >= 500, () -> "still answered");
      assertThat(changing.received()).hasSize(known);
    }
  }
}
