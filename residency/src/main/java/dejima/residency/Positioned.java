package dejima.residency;

import java.nio.charset.StandardCharsets;

/// Places a byte offset as line and column.
final class Positioned {
  private Positioned() {}

  /// A problem at this byte, all bytes before which are sound UTF-8.
  static Problem at(String path, byte[] bytes, int offset, String message) {
    String before = new String(bytes, 0, offset, StandardCharsets.UTF_8);
    int lineStart = before.lastIndexOf('\n') + 1;
    int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
    int column = 1 + before.codePointCount(lineStart, before.length());
    return new Problem(path, line, column, message);
  }
}
