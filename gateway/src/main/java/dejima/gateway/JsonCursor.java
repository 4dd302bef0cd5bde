package dejima.gateway;

import java.nio.charset.StandardCharsets;

/// A strict reader of one JSON text (RFC 8259) over the client's own bytes: it validates grammar,
/// UTF-8 and depth while it walks, and copies nothing that is not asked for.
final class JsonCursor {
  /// Nesting that is answered; deeper texts are refused before they can exhaust a stack.
  static final int MAX_DEPTH = 100;

  private static final int END = MalformedBody.END;

  private final byte[] text;
  private int at;
  private int depth;
  private int stringStart;
  private int stringEnd;
  private boolean escaped;

  JsonCursor(byte[] text) {
    this.text = text;
  }

  /// The next significant byte, not consumed; −1 at the end.
  int peek() {
    while (at < text.length) {
      int c = text[at];
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        return c & 0xff;
      }
      at++;
    }
    return END;
  }

  /// Consumes `expected` or fails.
  void expect(char expected) {
    int found = peek();
    if (found != expected) {
      throw unexpected("'" + expected + "'", found);
    }
    at++;
  }

  /// Consumes `wanted` if it is next.
  private boolean take(char wanted) {
    if (peek() != wanted) {
      return false;
    }
    at++;
    return true;
  }

  /// Enters an object or array, and leaves it again if it is empty.
  ///
  /// @return whether it holds anything
  boolean enter(char open, char close) {
    expect(open);
    if (++depth > MAX_DEPTH) {
      throw new MalformedBody(
          "The body is nested more than " + MAX_DEPTH + " levels deep (byte " + at + ").");
    }
    return !leave(close);
  }

  /// Goes on behind one of the items of an object or array, and leaves it if that was the last.
  ///
  /// @return whether another follows
  boolean more(char close) {
    if (take(',')) {
      return true;
    }
    if (!leave(close)) {
      expect(close);
    }
    return false;
  }

  private boolean leave(char close) {
    if (!take(close)) {
      return false;
    }
    depth--;
    return true;
  }

  /// Nothing but white space may follow the text.
  void expectEnd() {
    int found = peek();
    if (found != END) {
      throw unexpected("the end of the body", found);
    }
  }

  /// Reads a string; [#text()] and [#is(String)] then speak of it.
  void string() {
    expect('"');
    stringStart = at;
    escaped = false;
    while (true) {
      int c = at < text.length ? text[at] : END - 1;
      if (c == '"') {
        stringEnd = at++;
        return;
      }
      if (c == '\\') {
        escape();
      } else if (c >= 0x20) {
        at++;
      } else if (at >= text.length) {
        throw new MalformedBody("The body ends inside a string.");
      } else if (c >= 0) {
        throw new MalformedBody("A control character stands unescaped at byte " + at + ".");
      } else {
        at += Utf8.sequenceLength(text, at);
      }
    }
  }

  private void escape() {
    escaped = true;
    int kind = at + 1 < text.length ? text[at + 1] : END;
    switch (kind) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at += 2;
      case 'u' -> unicodeEscape();
      default -> throw new MalformedBody("An unknown escape stands at byte " + at + ".");
    }
  }

  /// Halves of a surrogate pair that stand alone have no form in UTF-8, and readers differ in what
  /// they make of them (RFC 8259 §8.2).
  private void unicodeEscape() {
    char unit = unit(at);
    boolean pair =
        Character.isHighSurrogate(unit)
            && at + 7 < text.length
            && text[at + 6] == '\\'
            && text[at + 7] == 'u'
            && Character.isLowSurrogate(unit(at + 6));
    if (Character.isSurrogate(unit) && !pair) {
      throw new MalformedBody("Half of a surrogate pair stands alone at byte " + at + ".");
    }
    at += pair ? 12 : 6;
  }

  /// The UTF-16 code unit of the Unicode escape that starts at `position`.
  private char unit(int position) {
    if (position + 6 > text.length) {
      throw new MalformedBody("The body ends inside a string.");
    }
    return (char)
        (hex(position + 2) << 12
            | hex(position + 3) << 8
            | hex(position + 4) << 4
            | hex(position + 5));
  }

  private int hex(int position) {
    int digit = Character.digit(text[position], 16);
    if (digit < 0) {
      throw new MalformedBody("A \\u escape is not hexadecimal at byte " + position + ".");
    }
    return digit;
  }

  /// Whether the string just read equals `name`, escapes resolved.
  boolean is(String name) {
    if (escaped) {
      return text().equals(name);
    }
    int length = stringEnd - stringStart;
    if (length != name.length()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (text[stringStart + i] != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /// The string just read, escapes resolved.
  String text() {
    if (!escaped) {
      return new String(text, stringStart, stringEnd - stringStart, StandardCharsets.UTF_8);
    }
    StringBuilder out = new StringBuilder(stringEnd - stringStart);
    int i = stringStart;
    while (i < stringEnd) {
      if (text[i] != '\\') {
        int run = i;
        while (run < stringEnd && text[run] != '\\') {
          run++;
        }
        out.append(new String(text, i, run - i, StandardCharsets.UTF_8));
        i = run;
      } else if (text[i + 1] == 'u') {
        out.append(unit(i));
        i += 6;
      } else {
        out.append(unescaped(text[i + 1]));
        i += 2;
      }
    }
    return out.toString();
  }

  private static char unescaped(byte kind) {
    return switch (kind) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> (char) kind;
    };
  }

  /// Reads `true` or `false`; `field` names it in the complaint.
  boolean bool(String field) {
    int next = peek();
    if (next == 't') {
      literal("true");
      return true;
    }
    if (next == 'f') {
      literal("false");
      return false;
    }
    throw new MalformedBody("'" + field + "' must be true or false.");
  }

  /// Consumes `null` if it is next.
  boolean takeNull() {
    if (peek() != 'n') {
      return false;
    }
    literal("null");
    return true;
  }

  private void literal(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (at + i >= text.length || text[at + i] != word.charAt(i)) {
        throw new MalformedBody("An unknown word stands at byte " + at + ".");
      }
    }
    at += word.length();
  }

  /// Reads a number and returns its text.
  String number() {
    peek();
    String number = JsonNumber.at(text, at);
    at += number.length();
    return number;
  }

  private MalformedBody unexpected(String wanted, int found) {
    return MalformedBody.expected(wanted, at, found);
  }

  /// The failure of a value whose first byte fits no JSON value.
  MalformedBody noValue() {
    return unexpected("a JSON value", peek());
  }
}
