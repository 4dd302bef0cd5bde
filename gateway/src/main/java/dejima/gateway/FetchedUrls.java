package dejima.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Every URL in a body that an engine might fetch, wherever it stands, except in schemas and
/// metadata, which engines do not follow. Each is a destination of the client's data.
final class FetchedUrls {
  private static final Set<String> SCHEMAS = Set.of("metadata", "parameters", "json_schema");
  private static final Set<String> MEDIA_KEYS =
      Set.of("image", "images", "audio", "audios", "video", "videos", "endpoint", "href");
  private static final int MOST_HOSTS = 16;

  private final JsonCursor json;
  private final List<MediaUrl> found = new ArrayList<>(0);
  private boolean named;

  /// What the strings of a value are to an engine.
  private enum Strings {
    /// Text, as long as no key says otherwise.
    TEXT,
    /// Text, whatever keys say.
    UNFETCHED,
    /// URLs.
    URLS,
    /// URLs or bare content.
    MEDIA,
    /// Where a data source is, as far as they look like URLs.
    PLACES,
    /// Where a data source is, whatever they look like.
    PLACE_URLS;

    /// What they are in the member of an object.
    private Strings under(String key) {
      if (this == PLACES || this == PLACE_URLS) {
        return isUrlKey(key) ? PLACE_URLS : PLACES;
      }
      if (this == UNFETCHED || SCHEMAS.contains(key)) {
        return UNFETCHED;
      }
      if (isUrlKey(key)) {
        return URLS;
      }
      return MEDIA_KEYS.contains(key) ? MEDIA : TEXT;
    }

    private boolean isUrl(String text) {
      return switch (this) {
        case TEXT, UNFETCHED -> false;
        case URLS, PLACE_URLS -> true;
        case MEDIA, PLACES -> text.contains("://") || text.startsWith("file:");
      };
    }
  }

  /// Reads from `json`, which stands before a value whenever a method is called.
  FetchedUrls(JsonCursor json) {
    this.json = json;
  }

  List<MediaUrl> all() {
    return found;
  }

  /// Walks the value of a key of the body itself.
  void topLevel(String key) {
    switch (key) {
      case "data_sources", "dataSources" -> dataSources();
      case "web_search_options" -> {
        if (json.peek() != 'n') {
          add(MediaUrl.WEB_SEARCH);
        }
        passOver();
      }
      default -> walk(Strings.TEXT.under(key));
    }
  }

  /// Walks any other value.
  void passOver() {
    walk(Strings.TEXT);
  }

  /// Azure's "on your data": places that the engine asks before it answers. Each is a destination,
  /// and one that names no URL is somewhere nobody knows.
  private void dataSources() {
    if (json.peek() != '[') {
      passOver();
      return;
    }
    for (boolean more = json.enter('[', ']'); more; more = json.more(']')) {
      named = false;
      walk(Strings.PLACES);
      if (!named) {
        add(MediaUrl.UNKNOWN);
      }
    }
  }

  private void walk(Strings strings) {
    switch (json.peek()) {
      case '{' -> {
        for (boolean more = json.enter('{', '}'); more; more = json.more('}')) {
          json.string();
          Strings member = strings.under(json.text());
          json.expect(':');
          walk(member);
        }
      }
      case '[' -> {
        for (boolean more = json.enter('[', ']'); more; more = json.more(']')) {
          walk(strings);
        }
      }
      case '"' -> string(strings);
      case 't', 'f' -> json.bool("");
      case 'n' -> json.takeNull();
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> json.number();
      default -> throw json.noValue();
    }
  }

  private void string(Strings strings) {
    json.string();
    if (strings == Strings.TEXT || strings == Strings.UNFETCHED) {
      return;
    }
    String text = json.text();
    if (strings.isUrl(text)) {
      add(MediaUrl.of(text));
    }
  }

  private void add(MediaUrl url) {
    named = true;
    if (found.contains(url)) {
      return;
    }
    if (found.size() == MOST_HOSTS) {
      throw new MalformedBody("The body names media on more than " + MOST_HOSTS + " hosts.");
    }
    found.add(url);
  }

  private static boolean isUrlKey(String key) {
    return key.equals("url")
        || key.equals("uri")
        || key.endsWith("_url")
        || key.endsWith("_uri")
        || key.equals("urls")
        || key.endsWith("_urls")
        || key.endsWith("Url")
        || key.endsWith("Uri")
        || key.endsWith("URL")
        || key.endsWith("URI")
        || key.endsWith("Urls");
  }
}
