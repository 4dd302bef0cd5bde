package dejima.evidence;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Renders JSON canonically (RFC 8785) into one growing buffer that can be used again. Not for
/// several threads.
final class CanonicalWriter {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private byte[] buffer;
  private int length;

  CanonicalWriter(int capacity) {
    this.buffer = new byte[capacity];
  }

  int length() {
    return length;
  }

  /// Forgets everything past a length.
  void truncate(int newLength) {
    length = newLength;
  }

  /// Leaves room to be filled in later.
  void skip(int count) {
    reserve(count);
    length += count;
  }

  /// The buffer itself; valid up to [#length()] and until the next write.
  byte[] buffer() {
    return buffer;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(buffer, length);
  }

  void value(Json json) {
    switch (json) {
      case Json.Str(String text) -> string(text);
      case Json.Num(double number) -> number(number);
      case Json.Obj object -> object(object.members());
      case Json.Arr(List<Json> items) -> array(items);
      case Json.Canonical canonical -> bytes(canonical.bytes());
      case Json.Bool(boolean bool) -> ascii(bool ? "true" : "false");
      case Json.Null() -> ascii("null");
    }
  }

  private void object(List<Json.Member> members) {
    put('{');
    for (int i = 0; i < members.size(); i++) {
      if (i > 0) {
        put(',');
      }
      member(members.get(i));
    }
    put('}');
  }

  private void array(List<Json> items) {
    put('[');
    for (int i = 0; i < items.size(); i++) {
      if (i > 0) {
        put(',');
      }
      value(items.get(i));
    }
    put(']');
  }

  void member(Json.Member member) {
    string(member.name());
    put(':');
    value(member.value());
  }

  void put(char ascii) {
    reserve(1);
    buffer[length++] = (byte) ascii;
  }

  void bytes(byte[] bytes) {
    reserve(bytes.length);
    System.arraycopy(bytes, 0, buffer, length, bytes.length);
    length += bytes.length;
  }

  void ascii(String text) {
    int n = text.length();
    reserve(n);
    for (int i = 0; i < n; i++) {
      buffer[length + i] = (byte) text.charAt(i);
    }
    length += n;
  }

  void number(double number) {
    long whole = (long) number;
    if (whole == number && Math.abs(whole) <= Json.Num.MAX_INTEGER) {
      integer(whole);
    } else {
      ascii(CanonicalNumber.text(number));
    }
  }

  void integer(long number) {
    reserve(20);
    if (number < 0) {
      buffer[length++] = '-';
    }
    long rest = Math.abs(number);
    int digits = 1;
    for (long power = 10; rest >= power; power *= 10) {
      digits++;
    }
    for (int i = length + digits - 1; i >= length; i--) {
      buffer[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  void string(String text) {
    int n = text.length();
    reserve(n + 2);
    byte[] out = buffer;
    int at = length;
    out[at++] = '"';
    for (int i = 0; i < n; i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c > 0x7e || c == '"' || c == '\\') {
        length = at;
        escapedFrom(text, i);
        return;
      }
      out[at++] = (byte) c;
    }
    out[at++] = '"';
    length = at;
  }

  private void escapedFrom(String text, int start) {
    int n = text.length();
    reserve((n - start) * 6 + 1);
    for (int i = start; i < n; i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c == '"' || c == '\\') {
        escape(c);
      } else if (c < 0x80) {
        buffer[length++] = (byte) c;
      } else if (Character.isHighSurrogate(c)) {
        scalar(Character.toCodePoint(c, text.charAt(++i)));
      } else {
        scalar(c);
      }
    }
    buffer[length++] = '"';
  }

  /// RFC 8785 §3.2.2.2: the two-character forms where RFC 8259 has one, else `\\u00xx`.
  private void escape(char c) {
    buffer[length++] = '\\';
    switch (c) {
      case '"', '\\' -> buffer[length++] = (byte) c;
      case '\b' -> buffer[length++] = 'b';
      case '\t' -> buffer[length++] = 't';
      case '\n' -> buffer[length++] = 'n';
      case '\f' -> buffer[length++] = 'f';
      case '\r' -> buffer[length++] = 'r';
      default -> {
        buffer[length++] = 'u';
        buffer[length++] = '0';
        buffer[length++] = '0';
        buffer[length++] = HEX[c >> 4];
        buffer[length++] = HEX[c & 0xf];
      }
    }
  }

  private void scalar(int c) {
    if (c < 0x800) {
      buffer[length++] = (byte) (0xc0 | c >> 6);
    } else {
      if (c < 0x10000) {
        buffer[length++] = (byte) (0xe0 | c >> 12);
      } else {
        buffer[length++] = (byte) (0xf0 | c >> 18);
        buffer[length++] = (byte) (0x80 | ((c >> 12) & 0x3f));
      }
      buffer[length++] = (byte) (0x80 | ((c >> 6) & 0x3f));
    }
    buffer[length++] = (byte) (0x80 | (c & 0x3f));
  }

  private void reserve(int more) {
    if (buffer.length - length < more) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
    }
  }

  /// Refuses text with a lone surrogate.
  static void requireScalars(String text) {
    boolean open = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (open != Character.isLowSurrogate(c)) {
        throw new IllegalArgumentException("text holds a lone surrogate");
      }
      open = Character.isHighSurrogate(c);
    }
    if (open) {
      throw new IllegalArgumentException("text holds a lone surrogate");
    }
  }
}
