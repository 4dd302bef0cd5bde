package dejima.gateway;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// JSON text with its `\\u` escapes written out, so that inspection sees what the engine will see.
final class EscapedText {
  private EscapedText() {}

  /// The same bytes when nothing is escaped by number, else a copy with UTF-8 in place of each
  /// escape.
  static byte[] resolve(byte[] text) {
    int first = nextEscape(text, 0);
    return first < 0 ? text : copy(text, first);
  }

  private static int nextEscape(byte[] text, int from) {
    for (int i = from; i + 5 < text.length; i++) {
      if (text[i] == '\\') {
        if (text[i + 1] == 'u') {
          return i;
        }
        i++;
      }
    }
    return -1;
  }

  private static byte[] copy(byte[] text, int first) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length);
    int from = 0;
    int escape = first;
    while (escape >= 0) {
      out.write(text, from, escape - from);
      StringBuilder run = new StringBuilder();
      int at = escape;
      while (isEscape(text, at)) {
        run.append((char) unit(text, at + 2));
        at += 6;
      }
      byte[] resolved = run.toString().getBytes(StandardCharsets.UTF_8);
      out.write(resolved, 0, resolved.length);
      from = at;
      escape = nextEscape(text, at);
    }
    out.write(text, from, text.length - from);
    return out.toByteArray();
  }

  private static boolean isEscape(byte[] text, int at) {
    return at + 5 < text.length && text[at] == '\\' && text[at + 1] == 'u';
  }

  private static int unit(byte[] text, int at) {
    int value = 0;
    for (int i = at; i < at + 4; i++) {
      value = value << 4 | Math.max(0, Character.digit(text[i], 16));
    }
    return value;
  }
}
