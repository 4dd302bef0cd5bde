package dejima.evidence;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// Reads RFC 8259 strictly; the rules are those of [Json#read(byte[], int)].
final class JsonReader {
  private static final int MAX_DEPTH = 64;

  private final String text;
  private int at;
  private int depth;

  private JsonReader(String text) {
    this.text = text;
  }

  static Reading<Json> read(byte[] utf8, int maxBytes) {
    if (utf8.length > maxBytes) {
      return new Reading.Unreadable<>("JSON text is longer than " + maxBytes + " bytes");
    }
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
      return new Reading.Read<>(new JsonReader(text).whole());
    } catch (CharacterCodingException e) {
      return new Reading.Unreadable<>("JSON text is not UTF-8");
    } catch (Malformed e) {
      return new Reading.Unreadable<>(e.reason);
    }
  }

  /// Leaves the recursion; never leaves this class.
  private static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String reason;

    private Malformed(String reason) {
      super(reason, null, false, false);
      this.reason = reason;
    }
  }

  private Malformed malformed(String what) {
    return new Malformed("JSON: " + what + " at character " + at);
  }

  private Json whole() {
    var value = value();
    if (at != text.length()) {
      throw malformed("text after the value");
    }
    return value;
  }

  /// One value with the white space around it.
  private Json value() {
    space();
    var value =
        switch (peek()) {
          case '{' -> object();
          case '[' -> array();
          case '"' -> string();
          case 't' -> literal("true", Json.of(true));
          case 'f' -> literal("false", Json.of(false));
          case 'n' -> literal("null", Json.nullValue());
          default -> number();
        };
    space();
    return value;
  }

  private Json object() {
    enter();
    var members = Json.object();
    var names = new HashSet<String>();
    space();
    if (!take('}')) {
      do {
        space();
        String name = text();
        if (!names.add(name)) {
          throw malformed("name occurs twice");
        }
        space();
        expect(':');
        members.put(name, value());
      } while (take(','));
      expect('}');
    }
    depth--;
    return members.build();
  }

  private Json array() {
    enter();
    List<Json> items = new ArrayList<>();
    space();
    if (!take(']')) {
      do {
        items.add(value());
      } while (take(','));
      expect(']');
    }
    depth--;
    return new Json.Arr(items);
  }

  private void enter() {
    at++;
    if (++depth > MAX_DEPTH) {
      throw malformed("nested deeper than " + MAX_DEPTH);
    }
  }

  private Json string() {
    return new Json.Str(text());
  }

  private String text() {
    expect('"');
    int start = at;
    while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\\') {
      plain();
    }
    if (peek() == '"') {
      return text.substring(start, at++);
    }
    return escapedText(new StringBuilder(text.substring(start, at)));
  }

  private String escapedText(StringBuilder out) {
    while (!take('"')) {
      out.append(take('\\') ? escape() : plain());
    }
    try {
      CanonicalWriter.requireScalars(out.toString());
    } catch (IllegalArgumentException e) {
      throw malformed("lone surrogate in a string");
    }
    return out.toString();
  }

  private char plain() {
    char c = peek();
    if (c < 0x20) {
      throw malformed("control character in a string");
    }
    at++;
    return c;
  }

  private char escape() {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> hex4();
      default -> throw malformed("unknown escape");
    };
  }

  private char hex4() {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      char c = peek();
      at++;
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw malformed("bad \\u escape");
      }
      code = (code << 4) | digit;
    }
    return (char) code;
  }

  private Json literal(String word, Json value) {
    if (!text.startsWith(word, at)) {
      throw malformed("unknown word");
    }
    at += word.length();
    return value;
  }

  private Json number() {
    int start = at;
    take('-');
    if (!take('0')) {
      digits();
    }
    if (take('.')) {
      digits();
    }
    if (take('e') || take('E')) {
      if (!take('+')) {
        take('-');
      }
      digits();
    }
    if (at - start > 1000) {
      throw malformed("number of more than 1000 characters");
    }
    double value = Double.parseDouble(text.substring(start, at));
    if (!Double.isFinite(value)) {
      throw malformed("number too large");
    }
    return new Json.Num(value);
  }

  private void digits() {
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == start) {
      throw malformed("value expected");
    }
  }

  private void space() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw malformed("text ends early");
    }
    return text.charAt(at);
  }

  private boolean take(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(char c) {
    if (!take(c)) {
      throw malformed("'" + c + "' expected");
    }
  }
}
