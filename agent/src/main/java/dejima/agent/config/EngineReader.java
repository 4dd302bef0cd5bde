package dejima.agent.config;

import dejima.agent.config.EngineSettings.KeyHeader;
import dejima.agent.config.EngineSettings.Patience;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/// Reads the `engine` section.
///
/// @param path resolves a path against the configuration's directory
record EngineReader(Function<String, Path> path) {
  private static final int MOST_THREADS = 1024;
  private static final int MOST_TOKENS = 1 << 24;

  EngineSettings read(Section section) {
    Optional<EngineSettings> read =
        switch (section.text("kind", "builtin")) {
          case "builtin" -> Optional.of(new EngineSettings.Builtin());
          case "llama-server" -> Optional.of(llamaServer(section));
          case "openai" -> Optional.of(openAi(section));
          case String other -> unknown(section, other);
        };
    read.ifPresent(settings -> section.finish());
    return read.orElse(new EngineSettings.Builtin());
  }

  private EngineSettings llamaServer(Section section) {
    return new EngineSettings.LlamaServer(
        section.textOr("program", "llama-server"),
        model(section),
        section.text("name", "my-model"),
        section.numberOr("threads", 1, 1, MOST_THREADS),
        section.numberOr("context", 0, 0, MOST_TOKENS),
        section.numberOr("slots", 4, 1, MOST_THREADS),
        section.list("arguments", Function.identity()),
        patience(section));
  }

  private EngineSettings openAi(Section section) {
    String keyFile = section.readOr("keyFile", "", this::keyFile);
    return new EngineSettings.OpenAi(
        section.read("url", "http://127.0.0.1:8000/v1", EngineReader::url),
        keyFile.isEmpty() ? Optional.empty() : Optional.of(path.apply(keyFile)),
        section.readOr("keyHeader", KeyHeader.BEARER.word(), EngineReader::keyHeader),
        section.list("models", Function.identity()),
        patience(section));
  }

  private static Optional<EngineSettings> unknown(Section section, String kind) {
    section.mistake("kind", "is \"" + kind + "\": write builtin, llama-server or openai");
    return Optional.empty();
  }

  private static Patience patience(Section section) {
    return new Patience(
        ConfigReader.seconds(section, "idleSeconds", Patience.USUAL.idle()),
        ConfigReader.seconds(section, "totalSeconds", Patience.USUAL.total()));
  }

  private Path model(Section section) {
    Path model = section.read("model", "/srv/models/model.gguf", path);
    if (!Files.isRegularFile(model)) {
      section.mistake("model", "is " + model + ", where no file is: write the path of a GGUF file");
    }
    return model;
  }

  private String keyFile(String text) {
    if (!text.isEmpty() && !Files.isReadable(path.apply(text))) {
      throw new IllegalArgumentException("no file can be read there: write the API key into one");
    }
    return text;
  }

  private static URI url(String text) {
    try {
      URI url = new URI(text);
      boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (web && url.getHost() != null && url.getRawQuery() == null && url.getUserInfo() == null) {
        return url;
      }
    } catch (URISyntaxException notAnUrl) {
      // falls through to the advice below
    }
    throw new IllegalArgumentException(
        "write an http or https URL without user and query, such as http://127.0.0.1:8000/v1");
  }

  private static KeyHeader keyHeader(String text) {
    for (KeyHeader header : KeyHeader.values()) {
      if (header.word().equals(text)) {
        return header;
      }
    }
    throw new IllegalArgumentException("write bearer or api-key");
  }
}
