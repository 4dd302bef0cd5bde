package dejima.gateway;

import java.util.Locale;

/// A URL in a request that the engine would fetch, reduced to what policy may see: never its path.
///
/// @param scheme lower-case scheme, `unknown` when there is none
/// @param host lower-case host with port, empty for `data:` and for what has no authority
public record MediaUrl(String scheme, String host) {
  private static final MediaUrl DATA = new MediaUrl("data", "");

  /// Somewhere that cannot be read; policy does not permit it.
  static final MediaUrl UNKNOWN = new MediaUrl("unknown", "");

  /// Wherever the engine's own search on the web leads.
  static final MediaUrl WEB_SEARCH = new MediaUrl("web-search", "");

  private static final int LONGEST_SCHEME = 32;
  private static final int LONGEST_HOST = 255;

  /// Reads the parts of `url`; whatever cannot be read is `unknown`, which policy does not permit.
  static MediaUrl of(String url) {
    int colon = url.indexOf(':');
    if (colon <= 0 || colon > LONGEST_SCHEME || !isScheme(url.substring(0, colon))) {
      return UNKNOWN;
    }
    String scheme = url.substring(0, colon).toLowerCase(Locale.ROOT);
    return scheme.equals("data") ? DATA : located(scheme, url, colon + 1);
  }

  private static MediaUrl located(String scheme, String url, int from) {
    if (!url.startsWith("//", from)) {
      return new MediaUrl(scheme, "");
    }
    String host = authority(url, from + 2).toLowerCase(Locale.ROOT);
    return isHost(host) ? new MediaUrl(scheme, host) : UNKNOWN;
  }

  /// RFC 3986 §3.1.
  private static boolean isScheme(String text) {
    return text.chars()
            .allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || "+-.".indexOf(c) >= 0))
        && Character.isLetter(text.charAt(0));
  }

  private static String authority(String url, int start) {
    int end = start;
    while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    return url.substring(start, end);
  }

  /// Only what every reader of URLs takes for the same host: a user, a backslash or a blank inside
  /// leads some of them elsewhere.
  private static boolean isHost(String host) {
    return !host.isEmpty()
        && host.length() <= LONGEST_HOST
        && host.chars()
            .allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || ".-:[]".indexOf(c) >= 0));
  }
}
