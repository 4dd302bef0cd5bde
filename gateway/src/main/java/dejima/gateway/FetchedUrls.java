package dejima.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Every URL in a body that an engine might fetch, wherever it stands, except in schemas and
/// metadata, which engines do not follow. Each is a destination of the client's data.
final class FetchedUrls {
  private static final Set<String> UNFETCHED = Set.of("metadata", "parameters", "json_schema");
  private static final Set<String> MEDIA_KEYS =
      Set.of("image", "images", "audio", "audios", "video", "videos", "endpoint", "href");
  private static final int MOST_HOSTS = 16;

  private final JsonCursor json;
  private final List<MediaUrl> found = new ArrayList<>(0);
  private boolean named;

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
        value(false);
      }
      default -> value(UNFETCHED.contains(key), key);
    }
  }

  /// Walks any other value.
  void passOver() {
    value(false);
  }

  /// Azure's "on your data": places that the engine asks before it answers. Each is a destination,
  /// and one that names no URL is somewhere nobody knows.
  private void dataSources() {
    if (json.peek() != '[') {
      value(false);
      return;
    }
    json.enter('[');
    if (json.leave(']')) {
      return;
    }
    do {
      named = false;
      anyUrl();
      if (!named) {
        add(MediaUrl.UNKNOWN);
      }
    } while (json.take(','));
    closing(']');
  }

  /// Walks a value of which every string that holds a URL is a destination.
  private void anyUrl() {
    switch (json.peek()) {
      case '"' -> {
        json.string();
        String text = json.text();
        if (text.contains("://")) {
          named = true;
          add(MediaUrl.of(text));
        }
      }
      case '{' -> {
        json.enter('{');
        if (!json.leave('}')) {
          do {
            json.string();
            json.expect(':');
            anyUrl();
          } while (json.take(','));
          closing('}');
        }
      }
      case '[' -> {
        json.enter('[');
        if (!json.leave(']')) {
          do {
            anyUrl();
          } while (json.take(','));
          closing(']');
        }
      }
      default -> value(false);
    }
  }

  /// Walks one value that belongs to `key`.
  private void value(boolean unfetched, String key) {
    boolean url = isUrlKey(key);
    if (unfetched || !(url || MEDIA_KEYS.contains(key))) {
      value(unfetched);
    } else {
      fetched(url);
    }
  }

  /// Walks a value whose strings are URLs; where engines also take bare content there, only those
  /// that look like one.
  private void fetched(boolean always) {
    switch (json.peek()) {
      case '"' -> {
        json.string();
        String text = json.text();
        if (always || text.contains("://") || text.startsWith("file:")) {
          add(MediaUrl.of(text));
        }
      }
      case '[' -> {
        json.enter('[');
        if (!json.leave(']')) {
          do {
            fetched(always);
          } while (json.take(','));
          closing(']');
        }
      }
      default -> value(false);
    }
  }

  private void add(MediaUrl url) {
    if (found.contains(url)) {
      return;
    }
    if (found.size() == MOST_HOSTS) {
      throw new MalformedBody("The body names media on more than " + MOST_HOSTS + " hosts.");
    }
    found.add(url);
  }

  private void value(boolean unfetched) {
    switch (json.peek()) {
      case '{' -> object(unfetched);
      case '[' -> array(unfetched);
      case '"' -> json.string();
      case 't', 'f' -> json.bool("");
      case 'n' -> json.takeNull();
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> json.number();
      default -> throw json.noValue();
    }
  }

  private void object(boolean unfetched) {
    json.enter('{');
    if (json.leave('}')) {
      return;
    }
    do {
      json.string();
      String key = json.text();
      json.expect(':');
      value(unfetched || UNFETCHED.contains(key), key);
    } while (json.take(','));
    closing('}');
  }

  private void array(boolean unfetched) {
    json.enter('[');
    if (json.leave(']')) {
      return;
    }
    do {
      value(unfetched);
    } while (json.take(','));
    closing(']');
  }

  private void closing(char bracket) {
    if (!json.leave(bracket)) {
      json.expect(bracket);
    }
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
