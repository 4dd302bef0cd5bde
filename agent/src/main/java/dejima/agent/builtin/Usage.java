package dejima.agent.builtin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Token counts as OpenAI writes them.
final class Usage {
  private Usage() {}

  /// The counts of a text answer.
  static ObjectNode of(int asked, int produced) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("prompt_tokens", asked)
        .put("completion_tokens", produced)
        .put("total_tokens", asked + produced);
  }

  /// The counts of an embedding, which produces no tokens.
  static ObjectNode of(int asked) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("prompt_tokens", asked)
        .put("total_tokens", asked);
  }
}
