package dejima.server.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A piece of the page with holes: `{{name}}` takes text, which is escaped, and `{{{name}}}` takes
/// markup. The page's script fills the same pieces, so that what it draws and what the server draws
/// are one thing.
final class Template {
  private static final Pattern HOLE = Pattern.compile("\\{\\{\\{(\\w+)}}}|\\{\\{([\\w.]+)}}");
  private static final String WORD = "w.";

  private final String name;
  private final List<Piece> pieces;

  private Template(String name, List<Piece> pieces) {
    this.name = name;
    this.pieces = List.copyOf(pieces);
  }

  /// The template in the file `name.html`, with the words of a language in the holes named `w.…`.
  static Template read(String name, Words words) {
    String text = Resource.text(name + ".html").strip();
    List<Piece> pieces = new ArrayList<>();
    Matcher hole = HOLE.matcher(text);
    int end = 0;
    while (hole.find()) {
      pieces.add(new Fixed(text.substring(end, hole.start())));
      String part = hole.group(1);
      pieces.add(part == null ? field(hole.group(2), words) : new Part(part));
      end = hole.end();
    }
    pieces.add(new Fixed(text.substring(end)));
    return new Template(name, pieces);
  }

  /// The markup with every hole filled.
  Html fill(Map<String, String> fields) {
    return fill(fields, Map.of());
  }

  /// The markup with every hole filled; a hole without content is a mistake of the program.
  Html fill(Map<String, String> fields, Map<String, Html> parts) {
    StringBuilder markup = new StringBuilder();
    for (Piece piece : pieces) {
      markup.append(
          switch (piece) {
            case Fixed fixed -> fixed.markup;
            case Field field -> Html.escaped(known(fields, field.name)).text();
            case Part part -> known(parts, part.name).text();
          });
    }
    return new Html(markup.toString());
  }

  /// The markup with its text holes left open, for the page's script.
  Html open() {
    StringBuilder markup = new StringBuilder();
    for (Piece piece : pieces) {
      markup.append(
          switch (piece) {
            case Fixed fixed -> fixed.markup;
            case Field field -> "{{" + field.name + "}}";
            case Part _ -> "";
          });
    }
    return new Html(markup.toString());
  }

  private static Piece field(String name, Words words) {
    return name.startsWith(WORD)
        ? new Fixed(Html.escaped(words.get(name.substring(WORD.length()))).text())
        : new Field(name);
  }

  private <V> V known(Map<String, V> filling, String hole) {
    V content = filling.get(hole);
    if (content == null) {
      throw new IllegalArgumentException("template " + name + " lacks " + hole);
    }
    return content;
  }

  private sealed interface Piece {}

  private record Fixed(String markup) implements Piece {}

  private record Field(String name) implements Piece {}

  private record Part(String name) implements Piece {}
}
