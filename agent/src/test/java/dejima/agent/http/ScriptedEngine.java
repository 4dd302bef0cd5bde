package dejima.agent.http;

import dejima.agent.AnswerSink;
import dejima.agent.EngineCall;
import dejima.agent.EngineCapacity;
import dejima.agent.EngineReport;
import dejima.agent.EngineRequest;
import dejima.agent.EngineState;
import dejima.agent.InferenceEngine;
import dejima.agent.ModelKind;
import dejima.agent.ServedModel;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/// An engine that does what a test tells it to, on a thread of its own.
record ScriptedEngine(
    EngineState state,
    BiConsumer<EngineRequest, AnswerSink> script,
    CompletableFuture<Long> cancelled)
    implements InferenceEngine {
  static final String DIGEST = "sha256:" + "ab".repeat(32);

  static ScriptedEngine ready(BiConsumer<EngineRequest, AnswerSink> script) {
    return new ScriptedEngine(EngineState.READY, script, new CompletableFuture<>());
  }

  @Override
  public EngineReport report() {
    ServedModel model =
        new ServedModel(
            "m", Optional.of(DIGEST), EnumSet.allOf(ModelKind.class), OptionalInt.of(512));
    return new EngineReport(
        "scripted", "1", "a test", state, List.of(model), new EngineCapacity(4, 0, 0));
  }

  @Override
  public EngineCall start(EngineRequest request, AnswerSink sink) {
    Thread.ofVirtual().start(() -> script.accept(request, sink));
    return () -> cancelled.complete(System.nanoTime());
  }

  @Override
  public void close() {}
}
