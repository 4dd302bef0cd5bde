package dejima.gateway;

/// An e-mail address as it stands in running text.
final class MailAddress {
  private MailAddress() {}

  /// Whether the `@` at `at` has a local part before it and a domain with a point behind it.
  static boolean around(byte[] text, int at) {
    if (at == 0 || !isLocal(text[at - 1])) {
      return false;
    }
    int end = at + 1;
    while (end < text.length && isDomain(text[end])) {
      end++;
    }
    while (text[end - 1] == '.' || text[end - 1] == '-') {
      end--;
    }
    int lastPoint = end - 1;
    while (lastPoint > at && text[lastPoint] != '.') {
      lastPoint--;
    }
    return lastPoint > at + 1 && end - lastPoint > 2 && isLetter(text[lastPoint + 1]);
  }

  private static boolean isLocal(byte c) {
    return isLetter(c) || (c >= '0' && c <= '9') || "._%+-".indexOf(c) >= 0;
  }

  private static boolean isDomain(byte c) {
    return isLetter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
  }

  private static boolean isLetter(byte c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
