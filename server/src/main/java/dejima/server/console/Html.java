package dejima.server.console;

import java.util.stream.Collector;
import java.util.stream.Collectors;

/// Text that is markup already, so that it cannot be mistaken for text that still has to be
/// escaped.
record Html(String text) {
  static final Html NONE = new Html("");

  /// Any text as markup that shows it, between tags or inside a quoted attribute.
  static Html escaped(String plain) {
    StringBuilder markup = new StringBuilder(plain.length() + 16);
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      switch (c) {
        case '&' -> markup.append("&amp;");
        case '<' -> markup.append("&lt;");
        case '>' -> markup.append("&gt;");
        case '"' -> markup.append("&quot;");
        case '\'' -> markup.append("&#39;");
        default -> markup.append(c);
      }
    }
    return new Html(markup.toString());
  }

  /// One after the other.
  static Collector<Html, ?, Html> joined() {
    return Collectors.collectingAndThen(
        Collectors.mapping(Html::text, Collectors.joining()), Html::new);
  }
}
