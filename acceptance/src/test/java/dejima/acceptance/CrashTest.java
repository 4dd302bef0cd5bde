package dejima.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.acceptance.product.Answer;
import dejima.acceptance.product.Caller;
import dejima.acceptance.product.GatewayProcess;
import dejima.acceptance.product.PublicLog;
import dejima.acceptance.product.RecordedBody;
import dejima.acceptance.product.Verifying;
import dejima.acceptance.site.Script;
import dejima.acceptance.site.StubWorld;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// `kill -9` under load, several times: nothing that was answered for is lost.
class CrashTest {
  private static final int CRASHES = 3;
  private static final int CALLERS = 4;
  private static final int ANSWERS_BEFORE_A_CRASH = 40;
  private static final int MOST_ENTRIES_OF_A_START = 4;

  @Test
  void losesNothingThatWasAnsweredForAndClosesWhatWasOpen() throws Exception {
    try (StubWorld world = new StubWorld("crash")) {
      world.domestic("steady", "steady", Script.answers());
      world.domestic("dripping", "drips", Script.drips());
      world.start("");
      GatewayProcess gateway = world.gateway();
      Caller client = world.client();
      List<String> answered = new ArrayList<>();
      List<String> open = new ArrayList<>();
      long size = 0;

      for (int crash = 0; crash < CRASHES; crash++) {
        HttpResponse<InputStream> stream = client.askStreaming("drips", "left open");
        open.add(stream.headers().firstValue("dejima-receipt").orElseThrow());
        answered.addAll(loadUntilKilled(gateway, client));
        gateway.start().awaitSites(2);
        PublicLog log = PublicLog.of(gateway);
        assertThat(log.size()).isGreaterThanOrEqualTo(size);
        size = log.size();
      }

      List<RecordedBody> bodies = new ArrayList<>();
      for (String id : answered) {
        bodies.addAll(RecordedBody.in(gateway.receipt(client, id)));
      }
      for (String id : open) {
        List<RecordedBody> ofOne = RecordedBody.in(gateway.receipt(client, id));
        assertThat(ofOne.getLast().finish()).isEqualTo("unknown");
        bodies.addAll(ofOne);
      }
      assertThat(answered).hasSizeGreaterThanOrEqualTo(CRASHES * ANSWERS_BEFORE_A_CRASH);
      RecordedBody.assertChained(bodies, MOST_ENTRIES_OF_A_START);
      for (String id : List.of(answered.getFirst(), answered.getLast(), open.getFirst())) {
        Verifying.genuine(gateway, client, id);
      }
    }
  }

  private static List<String> loadUntilKilled(GatewayProcess gateway, Caller client)
      throws InterruptedException {
    Queue<String> answered = new ConcurrentLinkedQueue<>();
    CountDownLatch enough = new CountDownLatch(ANSWERS_BEFORE_A_CRASH);
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      callers.add(Thread.ofVirtual().start(() -> askUntilKilled(client, answered, enough)));
    }
    enough.await();
    gateway.kill();
    for (Thread caller : callers) {
      caller.join();
    }
    return List.copyOf(answered);
  }

  private static void askUntilKilled(Caller client, Queue<String> answered, CountDownLatch enough) {
    try {
      while (true) {
        Answer answer = client.ask("steady", "load");
        if (answer.status() == 200) {
          answered.add(answer.receiptId());
          enough.countDown();
        }
      }
    } catch (UncheckedIOException killed) {
      // The gateway is gone, as it should be.
    }
  }
}
