package dejima.server.console;

import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// What the query of an address says, each name's first value.
final class Fields {
  private static final String LANGUAGE = "lang";

  private Fields() {}

  static Map<String, String> of(RoutingContext context) {
    Map<String, String> fields = new LinkedHashMap<>();
    context.queryParams().forEach(field -> fields.putIfAbsent(field.getKey(), field.getValue()));
    return fields;
  }

  /// The query again, with its question mark; empty where it says nothing but a language.
  static String queryWithoutLanguage(RoutingContext context) {
    String query =
        of(context).entrySet().stream()
            .filter(field -> !field.getKey().equals(LANGUAGE))
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return query.isEmpty() ? "" : "?" + query;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
