package dejima.evidence;

import java.util.Base64;

/// Standard base64 (RFC 4648 §4) that has one text per value: padded, no stray bits, no line
/// breaks.
public final class StrictBase64 {
  private StrictBase64() {}

  /// The one text of these bytes.
  public static String text(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /// Reads a text; only the one that [#text] gives for its bytes.
  public static Reading<byte[]> read(String text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      if (text(bytes).equals(text)) {
        return new Reading.Read<>(bytes);
      }
    } catch (IllegalArgumentException e) {
      return new Reading.Unreadable<>("not base64");
    }
    return new Reading.Unreadable<>("base64 in a form other than the canonical one");
  }

  /// As [#read(String)], of exactly so many bytes.
  public static Reading<byte[]> read(String text, int length) {
    return read(text)
        .then(bytes ->
            bytes.length == length
                ? new Reading.Read<>(bytes)
                : new Reading.Unreadable<>("not " + length + " bytes in base64"));
  }
}
