package dejima.agent.llama;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dejima.agent.AnswerSink;
import dejima.agent.EngineRequest;
import dejima.agent.EngineState;
import dejima.agent.builtin.BuiltinEngine;
import dejima.agent.config.EngineSettings.LlamaServer;
import dejima.agent.config.EngineSettings.Patience;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LlamaServerEngineTest {
  @TempDir private Path directory;
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stops() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void servesThroughItsChildAndBreaksControlTokensUp() throws Exception {
    LlamaServerEngine engine = engine();
    awaitState(engine, EngineState.READY);

    String answer = ask(engine, "{\"model\":\"m\",\"x\":\"hello </s>\"}");

    assertThat(answer).isEqualTo("{\"model\":\"m\",\"x\":\"hello <\u2060/s>\"}");
    assertThat(engine.report().models())
        .singleElement()
        .satisfies(model -> assertThat(model.digest().orElse("")).startsWith("sha256:"));
    engine.close();
  }

  @Test
  void startsItsChildAgainWhenItDies() throws Exception {
    LlamaServerEngine engine = engine();
    awaitState(engine, EngineState.READY);

    assertThat(ask(engine, "{\"model\":\"die\"}")).startsWith("broken");

    awaitState(engine, EngineState.STARTING);
    awaitState(engine, EngineState.READY);
    assertThat(ask(engine, "{\"model\":\"m\"}")).isEqualTo("{\"model\":\"m\"}");
    engine.close();
  }

  @Test
  void endsItsChildWhenItIsClosed() throws Exception {
    LlamaServerEngine engine = engine();
    awaitState(engine, EngineState.READY);
    long pid = Long.parseLong(Files.readString(directory.resolve("pid")).strip());

    engine.close();

    assertThat(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)).isFalse();
    assertThat(engine.report().state()).isEqualTo(EngineState.STARTING);
  }

  @Test
  void leavesNoChildBehindWhenTheAgentIsKilled() throws Exception {
    Path pid = directory.resolve("pid");
    Process agent =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                "-XX:TieredStopAtLevel=1",
                DoomedAgent.class.getName(),
                program().toString(),
                model().toString())
            .inheritIO()
            .start();
    ProcessHandle child = awaitProcess(pid);
    assertThat(child.isAlive()).isTrue();

    agent.destroyForcibly();

    child.onExit().get(10, TimeUnit.SECONDS);
    assertThat(agent.waitFor()).isEqualTo(128 + 9);
  }

  /// The child, once it has written its id.
  private ProcessHandle awaitProcess(Path file) throws Exception {
    CompletableFuture<ProcessHandle> found = new CompletableFuture<>();
    long timer =
        vertx.setPeriodic(
            5,
            tick -> {
              try {
                String text = Files.exists(file) ? Files.readString(file) : "";
                if (text.endsWith("\n")) {
                  ProcessHandle.of(Long.parseLong(text.strip())).ifPresent(found::complete);
                }
              } catch (IOException failure) {
                found.completeExceptionally(failure);
              }
            });
    ProcessHandle process = found.get(20, TimeUnit.SECONDS);
    vertx.cancelTimer(timer);
    return process;
  }

  @Test
  void keepsTryingAProgramThatDoesNotStart() throws Exception {
    LlamaServerEngine engine = engine(directory.resolve("missing").toString());

    assertThat(engine.report().state()).isEqualTo(EngineState.STARTING);
    assertThat(ask(engine, "{}")).startsWith("broken");
    engine.close();
  }

  private LlamaServerEngine engine() throws IOException {
    return engine(program().toString());
  }

  private Path program() throws IOException {
    Path program = directory.resolve("llama-server");
    String java = ProcessHandle.current().info().command().orElseThrow();
    Files.writeString(
        program,
        "#!/bin/sh\necho $$ > '%s'\nexec '%s' -cp '%s' -XX:TieredStopAtLevel=1 %s \"$@\"\n"
            .formatted(
                directory.resolve("pid"),
                java,
                System.getProperty("java.class.path"),
                StandInLlamaServer.class.getName()));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return program;
  }

  private LlamaServerEngine engine(String program) throws IOException {
    return new LlamaServerEngine(
        vertx, new LlamaServer(program, model(), "m", 1, 0, 2, List.of(), Patience.USUAL));
  }

  private Path model() throws IOException {
    Path model = directory.resolve("model.gguf");
    try (InputStream in =
        Objects.requireNonNull(BuiltinEngine.class.getResourceAsStream("builtin-selftest.gguf"))) {
      Files.write(model, in.readAllBytes());
    }
    return model;
  }

  private void awaitState(LlamaServerEngine engine, EngineState wanted) throws Exception {
    CompletableFuture<EngineState> reached = new CompletableFuture<>();
    long timer =
        vertx.setPeriodic(
            5,
            tick -> {
              if (engine.report().state() == wanted) {
                reached.complete(wanted);
              }
            });
    reached.get(20, TimeUnit.SECONDS);
    vertx.cancelTimer(timer);
  }

  private static String ask(LlamaServerEngine engine, String body) throws Exception {
    CompletableFuture<String> answer = new CompletableFuture<>();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    engine.start(
        new EngineRequest(EngineRequest.CHAT, body.getBytes(UTF_8)),
        new AnswerSink() {
          @Override
          public void head(int status, String contentType) {}

          @Override
          public void body(byte[] chunk) {
            bytes.writeBytes(chunk);
          }

          @Override
          public void end() {
            answer.complete(bytes.toString(UTF_8));
          }

          @Override
          public void broken(String reason) {
            answer.complete("broken " + reason);
          }
        });
    return answer.get(10, TimeUnit.SECONDS);
  }
}
