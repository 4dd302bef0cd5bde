package dejima.agent.builtin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// Reads a text, an array of texts, an array of tokens, or an array of token arrays.
///
/// @param field the field's name, for errors
/// @param vocabulary number of tokens
/// @param most texts in one request
record PromptReader(String field, int vocabulary, int most) {
  List<Question.Prompt> read(JsonNode value) {
    if (value.isTextual()) {
      return List.of(text(value, field));
    }
    if (!value.isArray() || value.isEmpty()) {
      throw Fields.wrong(field, "a text, an array of texts or arrays of tokens, not empty");
    }
    if (value.get(0).isNumber()) {
      return List.of(tokens(value, field));
    }
    if (value.size() > most) {
      throw Fields.wrong(field, "at most " + most + " texts");
    }
    List<Question.Prompt> prompts = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      String param = field + "[" + i + "]";
      JsonNode item = value.get(i);
      prompts.add(item.isArray() ? tokens(item, param) : text(item, param));
    }
    return prompts;
  }

  private static Question.Prompt text(JsonNode value, String param) {
    if (!value.isTextual() || value.textValue().isEmpty()) {
      throw Fields.wrong(param, "a text that is not empty");
    }
    return new Question.Prompt.Text(value.textValue());
  }

  private Question.Prompt tokens(JsonNode value, String param) {
    List<Integer> ids = new ArrayList<>();
    for (JsonNode id : value) {
      if (!id.isInt() || id.intValue() < 0 || id.intValue() >= vocabulary) {
        throw Fields.wrong(param, "tokens from 0 to " + (vocabulary - 1));
      }
      ids.add(id.intValue());
    }
    if (ids.isEmpty()) {
      throw Fields.wrong(param, "at least one token");
    }
    return new Question.Prompt.Tokens(ids);
  }
}
