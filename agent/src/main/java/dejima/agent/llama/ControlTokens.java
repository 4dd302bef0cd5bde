package dejima.agent.llama;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;

/// The texts that a model's tokenizer turns into control tokens, such as `<|im_end|>`.
///
/// Written by a user they would end the user's turn and speak as somebody else. An invisible
/// character after the first one makes them plain text again.
final class ControlTokens {
  /// Word joiner.
  private static final char SEPARATOR = '\u2060';

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  private final List<String> tokens;

  /// @param tokens their texts; those of one character cannot be told from text and are left alone
  ControlTokens(List<String> tokens) {
    this.tokens =
        tokens.stream()
            .filter(token -> token.codePointCount(0, token.length()) > 1)
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /// The body with every control token broken up, in strings and in names; the same bytes if there
  /// is none.
  ///
  /// @throws IOException if the body is not JSON
  byte[] breakUp(byte[] body) throws IOException {
    return tokens.isEmpty() || !occursIn(body) ? body : rewritten(body);
  }

  /// The text with every control token broken up, and with the beginning of one at its end, which
  /// the next part of a message could complete.
  String breakUp(String text) {
    StringBuilder broken = new StringBuilder(text.length() + 8);
    for (int at = 0; at < text.length(); ) {
      int next = text.offsetByCodePoints(at, 1);
      broken.append(text, at, next);
      if (startsAt(text, at)) {
        broken.append(SEPARATOR);
      }
      at = next;
    }
    return broken.toString();
  }

  private boolean startsAt(String text, int at) {
    for (String token : tokens) {
      int left = Math.min(token.length(), text.length() - at);
      if (text.regionMatches(at, token, 0, left)) {
        return true;
      }
    }
    return false;
  }

  private boolean occursIn(byte[] body) throws IOException {
    try (JsonParser parser = JSON.createParser(body)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (isText(token) && !parser.getText().equals(breakUp(parser.getText()))) {
          return true;
        }
      }
      return false;
    }
  }

  private byte[] rewritten(byte[] body) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + 64);
    try (JsonParser parser = JSON.createParser(body);
        JsonGenerator generator = JSON.createGenerator(out)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.FIELD_NAME) {
          generator.writeFieldName(breakUp(parser.getText()));
        } else if (token == JsonToken.VALUE_STRING) {
          generator.writeString(breakUp(parser.getText()));
        } else {
          generator.copyCurrentEventExact(parser);
        }
      }
    }
    return out.toByteArray();
  }

  private static boolean isText(JsonToken token) {
    return token == JsonToken.FIELD_NAME || token == JsonToken.VALUE_STRING;
  }
}
