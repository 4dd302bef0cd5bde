package dejima.agent.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dejima.agent.ModelKind;
import dejima.agent.ServedModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// What an engine answers to `GET /v1/models`.
///
/// OpenAI's list says no more than a name. Where an engine adds a digest (`digest`, `meta.digest`),
/// it is taken if it looks like one; the context length is known as `max_model_len` (vLLM, SGLang),
/// `meta.n_ctx` or `meta.n_ctx_train` (llama.cpp).
final class ModelList {
  private static final int MOST_MODELS = 1000;
  private static final int LONGEST_NAME = 256;

  private ModelList() {}

  /// The models in the document; empty if it is no such list.
  static Optional<List<ServedModel>> read(
      ObjectMapper json, byte[] document, Set<ModelKind> kinds) {
    try {
      JsonNode data = json.readTree(document).path("data");
      if (!data.isArray() || data.size() > MOST_MODELS) {
        return Optional.empty();
      }
      List<ServedModel> models = new ArrayList<>();
      data.forEach(entry -> model(entry, kinds).ifPresent(models::add));
      return Optional.of(models);
    } catch (IOException malformed) {
      return Optional.empty();
    }
  }

  private static Optional<ServedModel> model(JsonNode entry, Set<ModelKind> kinds) {
    String id = entry.path("id").asText();
    if (id.isEmpty() || id.length() > LONGEST_NAME) {
      return Optional.empty();
    }
    JsonNode meta = entry.path("meta");
    return Optional.of(
        new ServedModel(
            id,
            digest(entry.path("digest")).or(() -> digest(meta.path("digest"))),
            kinds,
            length(entry.path("max_model_len"), meta.path("n_ctx"), meta.path("n_ctx_train"))));
  }

  private static Optional<String> digest(JsonNode value) {
    String text = value.asText();
    if (text.matches("[0-9a-f]{64}")) {
      return Optional.of("sha256:" + text);
    }
    return text.matches("sha256:[0-9a-f]{64}") ? Optional.of(text) : Optional.empty();
  }

  private static OptionalInt length(JsonNode... candidates) {
    for (JsonNode candidate : candidates) {
      if (candidate.canConvertToInt() && candidate.intValue() > 0) {
        return OptionalInt.of(candidate.intValue());
      }
    }
    return OptionalInt.empty();
  }
}
