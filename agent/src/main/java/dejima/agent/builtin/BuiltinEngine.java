package dejima.agent.builtin;

import dejima.agent.AnswerSink;
import dejima.agent.EngineCall;
import dejima.agent.EngineCapacity;
import dejima.agent.EngineReport;
import dejima.agent.EngineRequest;
import dejima.agent.EngineState;
import dejima.agent.InferenceEngine;
import dejima.agent.ModelKind;
import dejima.agent.ServedModel;
import dejima.agent.builtin.model.LanguageModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A small real engine with a small real model that the project trained itself.
///
/// It shows that the whole way of a request works on a machine without a network; it is a self-test
/// and no assistant. Equal requests get equal answers, whatever runs beside them.
public final class BuiltinEngine implements InferenceEngine {
  private static final String MODEL_FILE = "builtin-selftest.gguf";
  private static final String VERSION = "1";
  private static final String DESCRIPTION =
      "Dejima's own self-test: a model of 1.9 million parameters in plain Java. It answers questions"
          + " about Dejima in Japanese and English and refuses the rest; it is not an assistant.";

  private final LanguageModel model;
  private final EngineLoop loop;
  private final Answering answering;
  private final Set<Call> calls = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private BuiltinEngine(LanguageModel model, BuiltinSettings settings) {
    this.model = model;
    this.loop = new EngineLoop(model, settings.concurrent(), settings.waiting());
    this.answering = new Answering(model, loop, settings);
  }

  /// Loads the model that is shipped with the program and starts the engine's thread.
  public static BuiltinEngine start(BuiltinSettings settings) {
    return new BuiltinEngine(LanguageModel.read(shippedModel()), settings);
  }

  static byte[] shippedModel() {
    try (InputStream in = BuiltinEngine.class.getResourceAsStream(MODEL_FILE)) {
      if (in == null) {
        throw new IllegalStateException(MODEL_FILE + " is not part of this build");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public EngineReport report() {
    var served =
        new ServedModel(
            model.name(),
            Optional.of("sha256:" + model.digest()),
            EnumSet.allOf(ModelKind.class),
            OptionalInt.of(model.contextLength()));
    return new EngineReport(
        "builtin",
        VERSION,
        DESCRIPTION,
        closed ? EngineState.DOWN : EngineState.READY,
        List.of(served),
        new EngineCapacity(loop.concurrent(), loop.inFlight(), loop.queued()));
  }

  @Override
  public EngineCall start(EngineRequest request, AnswerSink sink) {
    var call = new Call(answering, request, new Reply(sink), calls::remove);
    calls.add(call);
    Thread.ofVirtual().name("builtin-call").start(call);
    return call;
  }

  @Override
  public void close() {
    closed = true;
    loop.close();
    calls.forEach(Call::cancel);
  }
}
