package dejima.agent.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Which engine stands behind the agent.
public sealed interface EngineSettings {
  /// The engine and model that come with Dejima; a self-test, no assistant.
  record Builtin() implements EngineSettings {}

  /// A `llama-server` that the agent starts, watches and restarts.
  ///
  /// @param program the `llama-server` executable, a path or a name on the `PATH`
  /// @param model the GGUF file
  /// @param name the name that requests use for the model
  /// @param threads threads that compute
  /// @param context tokens of context for all slots together, 0 for what the model was trained with
  /// @param slots answers at the same time
  /// @param arguments further arguments of `llama-server`, passed as they are
  /// @param patience how long to wait for it
  record LlamaServer(
      String program,
      Path model,
      String name,
      int threads,
      int context,
      int slots,
      List<String> arguments,
      Patience patience)
      implements EngineSettings {
    /// Keeps a copy of the arguments.
    public LlamaServer {
      arguments = List.copyOf(arguments);
    }
  }

  /// Any server that speaks OpenAI's dialect.
  ///
  /// @param url its root, with or without the final `/v1`
  /// @param keyFile holds its API key on the first line
  /// @param keyHeader how the key is shown
  /// @param models the models that are served through this site; empty: all that it lists
  /// @param patience how long to wait for it
  record OpenAi(
      URI url, Optional<Path> keyFile, KeyHeader keyHeader, List<String> models, Patience patience)
      implements EngineSettings {
    /// Keeps a copy of the models.
    public OpenAi {
      models = List.copyOf(models);
    }
  }

  /// How an API key is shown to an engine.
  enum KeyHeader {
    /// `Authorization: Bearer …`, as OpenAI does it.
    BEARER("bearer"),
    /// `api-key: …`, as Azure does it.
    API_KEY("api-key");

    private final String word;

    KeyHeader(String word) {
      this.word = word;
    }

    /// The word in configuration.
    public String word() {
      return word;
    }
  }

  /// How long an engine may take.
  ///
  /// @param idle longest silence, the time to the first byte included
  /// @param total longest answer
  record Patience(Duration idle, Duration total) {
    /// What holds when nothing is written.
    public static final Patience USUAL =
        new Patience(Duration.ofMinutes(2), Duration.ofMinutes(15));
  }
}
