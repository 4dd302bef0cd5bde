package dejima.gateway;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Reads the few fields of a request body that the gateway decides by, in one strict pass.
///
/// A top-level key that occurs twice is refused: two readers could each believe another one. Every
/// URL that an engine might fetch is collected wherever it stands, except in schemas and metadata,
/// which engines do not follow.
public final class RequestScanner {
  private final JsonCursor json;
  private final Set<String> topKeys = new HashSet<>();
  private final FetchedUrls fetched;
  private Optional<String> model = Optional.empty();
  private boolean stream;
  private boolean includeUsage;
  private long maxOutputTokens;

  private RequestScanner(byte[] body) {
    this.json = new JsonCursor(body);
    this.fetched = new FetchedUrls(json);
  }

  /// Reads `body`, never changing it.
  public static BodyReading scan(byte[] body) {
    RequestScanner scanner = new RequestScanner(body);
    try {
      scanner.topLevel();
      return new BodyReading.Read(
          new RequestOutline(
              scanner.model,
              scanner.stream,
              scanner.includeUsage,
              scanner.maxOutputTokens,
              scanner.fetched.all(),
              scanner.topKeys.contains(SealedOutline.MARK)
                  ? Optional.of(SealedOutline.of(body))
                  : Optional.empty()));
    } catch (MalformedBody malformed) {
      return new BodyReading.Unreadable(malformed.reason());
    }
  }

  private void topLevel() {
    for (boolean more = json.enter('{', '}'); more; more = json.more('}')) {
      json.string();
      String key = json.text();
      if (!topKeys.add(key)) {
        throw new MalformedBody("The key '" + shortened(key) + "' occurs twice.");
      }
      json.expect(':');
      field(key);
    }
    json.expectEnd();
  }

  private void field(String key) {
    switch (key) {
      case "model" -> model = Optional.of(requiredString("model"));
      case "stream" -> stream = !json.takeNull() && json.bool("stream");
      case "stream_options" -> streamOptions();
      case "max_tokens", "max_completion_tokens" ->
          maxOutputTokens = Math.max(maxOutputTokens, positive(key));
      case "messages" -> {
        if (json.peek() != '[') {
          throw new MalformedBody("'messages' must be an array of messages.");
        }
        fetched.passOver();
      }
      default -> fetched.topLevel(key);
    }
  }

  private String requiredString(String field) {
    if (json.peek() != '"') {
      throw new MalformedBody("'" + field + "' must be a string.");
    }
    json.string();
    return json.text();
  }

  private long positive(String field) {
    if (json.takeNull()) {
      return 0;
    }
    int next = json.peek();
    if (next != '-' && (next < '0' || next > '9')) {
      throw new MalformedBody("'" + field + "' must be a whole number.");
    }
    String number = json.number();
    try {
      return Math.max(0, Long.parseLong(number));
    } catch (NumberFormatException notWhole) {
      throw new MalformedBody("'" + field + "' must be a whole number.");
    }
  }

  private void streamOptions() {
    if (json.takeNull()) {
      return;
    }
    if (json.peek() != '{') {
      throw new MalformedBody("'stream_options' must be an object.");
    }
    boolean seen = false;
    for (boolean more = json.enter('{', '}'); more; more = json.more('}')) {
      json.string();
      boolean usage = json.is("include_usage");
      json.expect(':');
      if (usage && seen) {
        throw new MalformedBody("The key 'stream_options.include_usage' occurs twice.");
      }
      if (usage) {
        seen = true;
        includeUsage = !json.takeNull() && json.bool("stream_options.include_usage");
      } else {
        fetched.passOver();
      }
    }
  }

  /// A key as a message may show it: its beginning, and nothing that has no form in UTF-8.
  private static String shortened(String key) {
    StringBuilder shown = new StringBuilder();
    key.codePoints()
        .limit(40)
        .map(c -> Character.isLetterOrDigit(c) || (c >= ' ' && c <= '~') ? c : '?')
        .forEach(shown::appendCodePoint);
    return key.length() <= 40 ? shown.toString() : shown + "…";
  }
}
