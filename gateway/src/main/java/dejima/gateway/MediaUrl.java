package dejima.gateway;

import java.util.Locale;

/// A URL in a request that the engine would fetch, reduced to what policy may see: never its path.
///
/// @param scheme lower-case scheme, `unknown` when there is none
/// @param host lower-case host with port, empty for `data:` and for what has no host
public record MediaUrl(String scheme, String host) {
  private static final MediaUrl DATA = new MediaUrl("data", "");
  private static final int LONGEST_SCHEME = 32;

  /// Reads the parts of `url`; whatever cannot be read is `unknown`, which policy does not permit.
  static MediaUrl of(String url) {
    int colon = url.indexOf(':');
    if (colon <= 0 || colon > LONGEST_SCHEME || !isScheme(url.substring(0, colon))) {
      return new MediaUrl("unknown", "");
    }
    String scheme = url.substring(0, colon).toLowerCase(Locale.ROOT);
    return scheme.equals("data") ? DATA : new MediaUrl(scheme, host(url, colon + 1));
  }

  /// RFC 3986 §3.1.
  private static boolean isScheme(String text) {
    return text.chars()
            .allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || "+-.".indexOf(c) >= 0))
        && Character.isLetter(text.charAt(0));
  }

  private static String host(String url, int from) {
    if (!url.startsWith("//", from)) {
      return "";
    }
    int start = from + 2;
    int end = start;
    while (end < url.length() && "/\\?#".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    String authority = url.substring(start, end);
    return authority.substring(authority.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
  }
}
