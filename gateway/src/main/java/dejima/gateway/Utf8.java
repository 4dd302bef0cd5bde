package dejima.gateway;

/// Well-formed UTF-8 sequences (RFC 3629 §4): no overlong form, no surrogate, nothing past
/// U+10FFFF.
final class Utf8 {
  private Utf8() {}

  /// Length of the well-formed multi-byte sequence at `at`.
  static int sequenceLength(byte[] text, int at) {
    int lead = text[at] & 0xff;
    int length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || at + length > text.length) {
      throw invalid(at);
    }
    int second = text[at + 1] & 0xff;
    int low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    int high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    if (second < low || second > high) {
      throw invalid(at);
    }
    for (int i = 2; i < length; i++) {
      if ((text[at + i] & 0xc0) != 0x80) {
        throw invalid(at);
      }
    }
    return length;
  }

  private static MalformedBody invalid(int at) {
    return new MalformedBody("The body is not valid UTF-8 at byte " + at + ".");
  }
}
