package dejima.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every engine keeps.
public abstract class InferenceEngineContract {
  private InferenceEngine engine;

  /// Made by JUnit for each test.
  protected InferenceEngineContract() {}

  /// An engine that is ready to answer.
  protected abstract InferenceEngine ready() throws Exception;

  /// The name of a model that it serves.
  protected abstract String model();

  @BeforeEach
  void open() throws Exception {
    engine = ready();
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void reportsThatItIsReadyAndWhatItServes() {
    EngineReport report = engine.report();

    assertThat(report.state()).isEqualTo(EngineState.READY);
    assertThat(report.name()).isNotBlank();
    assertThat(report.description()).isNotBlank();
    assertThat(report.models()).extracting(ServedModel::id).contains(model());
  }

  @Test
  void tellsHeadThenBodyThenEnd() throws Exception {
    var sink = new Recorded();

    engine.start(chat("\"Hello\"", ""), sink);

    sink.await();
    assertThat(sink.happened.getFirst()).isEqualTo("head 200");
    assertThat(sink.happened.getLast()).isEqualTo("end");
    assertThat(sink.happened.subList(1, sink.happened.size() - 1))
        .isNotEmpty()
        .containsOnly("body");
  }

  @Test
  void neverCutsACharacterOrAnEventOfAStream() throws Exception {
    var sink = new Recorded();

    engine.start(chat("\"出島とは何ですか。\"", ",\"stream\":true"), sink);

    sink.await();
    for (byte[] chunk : sink.chunks) {
      String text = new String(chunk, StandardCharsets.UTF_8);
      assertThat(text.getBytes(StandardCharsets.UTF_8)).isEqualTo(chunk);
      assertThat(text).startsWith("data:").endsWith("\n\n");
    }
  }

  @Test
  void answersABadRequestWithAnErrorObject() throws Exception {
    var sink = new Recorded();

    engine.start(chat("{}", ""), sink);

    sink.await();
    assertThat(sink.happened.getFirst()).matches("head 4\\d\\d");
    assertThat(sink.happened.getLast()).isEqualTo("end");
    assertThat(new String(sink.chunks.getFirst(), StandardCharsets.UTF_8)).contains("\"error\"");
  }

  @Test
  void aCancelledCallEndsExactlyOnce() throws Exception {
    var sink = new Recorded();
    EngineCall call = engine.start(chat("\"Hello\"", ",\"stream\":true"), sink);

    call.cancel();
    call.cancel();

    sink.await();
    assertThat(sink.happened).filteredOn(e -> e.equals("end") || e.equals("broken")).hasSize(1);
    assertThat(sink.happened.getLast()).isIn("broken", "end");
  }

  @Test
  void closesMoreThanOnce() {
    engine.close();
    engine.close();
  }

  private EngineRequest chat(String content, String options) {
    String body =
        "{\"model\":\""
            + model()
            + "\",\"messages\":[{\"role\":\"user\",\"content\":"
            + content
            + "}]"
            + options
            + "}";
    return new EngineRequest(EngineRequest.CHAT, body.getBytes(StandardCharsets.UTF_8));
  }

  /// Keeps what happened, in order; the test reads after the end.
  private static final class Recorded implements AnswerSink {
    final List<String> happened = new ArrayList<>();
    final List<byte[]> chunks = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);

    @Override
    public void head(int status, String contentType) {
      happened.add("head " + status);
    }

    @Override
    public void body(byte[] bytes) {
      happened.add("body");
      chunks.add(bytes);
    }

    @Override
    public void end() {
      happened.add("end");
      over.countDown();
    }

    @Override
    public void broken(String reason) {
      happened.add("broken");
      over.countDown();
    }

    void await() throws InterruptedException {
      assertThat(over.await(30, TimeUnit.SECONDS)).as("the answer ends").isTrue();
    }
  }
}
