package dejima.agent.llama;

import dejima.agent.config.EngineSettings.LlamaServer;
import dejima.agent.config.EngineSettings.Patience;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;

/// A process with a supervised `llama-server`, to be killed.
final class DoomedAgent {
  private DoomedAgent() {}

  /// @param arguments the program and the model
  public static void main(String[] arguments) throws InterruptedException {
    LlamaServer settings =
        new LlamaServer(
            arguments[0], Path.of(arguments[1]), "m", 1, 0, 2, List.of(), Patience.USUAL);
    LlamaServerEngine engine = new LlamaServerEngine(Vertx.vertx(), settings);
    Thread.currentThread().join();
    engine.close();
  }
}
