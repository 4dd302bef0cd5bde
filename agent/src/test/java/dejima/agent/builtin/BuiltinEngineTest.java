package dejima.agent.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dejima.agent.AnswerSink;
import dejima.agent.EngineCall;
import dejima.agent.EngineReport;
import dejima.agent.EngineRequest;
import dejima.agent.EngineState;
import dejima.agent.ModelKind;
import dejima.agent.ServedModel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BuiltinEngineTest {
  private static final byte[] LONG_STREAM =
      "{\"prompt\":\"Dejima\",\"max_tokens\":500,\"stream\":true,\"temperature\":2}"
          .getBytes(StandardCharsets.UTF_8);

  private final BuiltinEngine engine = TestEngines.engine();

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void saysHonestlyWhatItIs() {
    EngineReport report = engine.report();

    assertThat(report.name()).isEqualTo("builtin");
    assertThat(report.description()).contains("not an assistant");
    assertThat(report.state()).isEqualTo(EngineState.READY);
    ServedModel model = report.models().getFirst();
    assertThat(model.id()).isEqualTo("builtin-selftest");
    assertThat(model.digest()).get().asString().matches("sha256:[0-9a-f]{64}");
    assertThat(model.kinds())
        .containsExactly(ModelKind.CHAT, ModelKind.COMPLETION, ModelKind.EMBEDDING);
    assertThat(model.contextLength()).hasValue(512);
    assertThat(report.capacity().concurrent()).isEqualTo(16);
  }

  @Test
  void aCancelledCallEndsBrokenAndNothingFollows() throws Exception {
    var sink = new SlowSink();
    EngineCall call = engine.start(new EngineRequest(EngineRequest.COMPLETION, LONG_STREAM), sink);
    assertThat(sink.events.take()).isEqualTo("head");
    assertThat(sink.events.take()).isEqualTo("body");

    call.cancel();
    call.cancel();
    sink.open.countDown();

    assertThat(sink.events.take()).isEqualTo("broken: cancelled");
    assertThat(sink.events.poll(100, TimeUnit.MILLISECONDS)).isNull();
    assertTimeoutPreemptively(Duration.ofSeconds(10), this::untilIdle);
  }

  @Test
  void aReaderThatStandsStillStopsNobodyElse() throws Exception {
    var still = new SlowSink();
    engine.start(new EngineRequest(EngineRequest.COMPLETION, LONG_STREAM), still);

    CollectedAnswer other =
        CollectedAnswer.of(
            engine,
            EngineRequest.CHAT,
            "{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}");

    assertThat(other.status()).isEqualTo(200);
    still.open.countDown();
    assertThat(still.untilTheEnd()).isEqualTo("end");
  }

  @Test
  void refusesWhatWouldWaitTooLong() {
    try (var narrow = BuiltinEngine.start(TestEngines.settings(1, 1))) {
      List<CollectedAnswer> answers =
          IntStream.range(0, 20)
              .mapToObj(
                  i -> begin(narrow, new EngineRequest(EngineRequest.COMPLETION, LONG_STREAM)))
              .toList();

      assertThat(answers.stream().map(a -> a.complete().status())).contains(200, 503);
      assertThat(answers.stream().filter(a -> a.status() == 503))
          .allSatisfy(a -> assertThat(a.text()).contains("engine_overloaded"));
    }
  }

  @Test
  void aRequestOfManyTextsIsOneRequest() {
    String inputs = "\"text\",".repeat(255);

    CollectedAnswer answer =
        CollectedAnswer.of(engine, EngineRequest.EMBEDDING, "{\"input\":[" + inputs + "\"last\"]}");

    assertThat(answer.status()).isEqualTo(200);
  }

  private void untilIdle() {
    while (engine.report().capacity().inFlight() > 0) {
      Thread.onSpinWait();
    }
  }

  private static CollectedAnswer begin(BuiltinEngine engine, EngineRequest request) {
    var answer = new CollectedAnswer();
    engine.start(request, answer);
    return answer;
  }

  @Test
  void answersManyAtOnce() {
    List<CollectedAnswer> answers =
        IntStream.range(0, 40)
            .mapToObj(i -> {
              String body =
                  "{\"messages\":[{\"role\":\"user\",\"content\":\"What is E0?\"}],\"stream\":"
                      + (i % 2 == 0)
                      + "}";
              return begin(
                  engine,
                  new EngineRequest(EngineRequest.CHAT, body.getBytes(StandardCharsets.UTF_8)));
            })
            .toList();

    assertThat(answers).allSatisfy(a -> assertThat(a.complete().status()).isEqualTo(200));
  }

  @Test
  void aClosedEngineBreaksOffAndRefuses() throws Exception {
    var sink = new SlowSink();
    engine.start(new EngineRequest(EngineRequest.COMPLETION, LONG_STREAM), sink);
    sink.events.take();

    engine.close();
    sink.open.countDown();

    assertThat(sink.untilTheEnd()).startsWith("broken");
    assertThat(engine.report().state()).isEqualTo(EngineState.DOWN);
    assertThat(
            CollectedAnswer.of(
                    engine,
                    EngineRequest.CHAT,
                    "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}")
                .status())
        .isEqualTo(503);
  }

  /// A sink whose first body waits until it is opened.
  private static final class SlowSink implements AnswerSink {
    final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    final CountDownLatch open = new CountDownLatch(1);

    @Override
    public void head(int status, String contentType) {
      events.add("head");
    }

    @Override
    public void body(byte[] bytes) {
      events.add("body");
      try {
        open.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void end() {
      events.add("end");
    }

    @Override
    public void broken(String reason) {
      events.add("broken: " + reason);
    }

    String untilTheEnd() throws InterruptedException {
      while (true) {
        String event = events.take();
        if (!event.equals("body") && !event.equals("head")) {
          return event;
        }
      }
    }
  }
}
