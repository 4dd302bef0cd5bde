package dejima.server.console;

import dejima.evidence.tree.Sha256;
import dejima.server.console.Frame.Content;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The page on which a visitor checks a receipt in the browser, and the same page as one file that
/// needs no server. Neither may connect to anything, by its own security policy.
final class CheckPage {
  /// What the served page may load.
  static final String SECURITY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'none'";

  private static final String WORDS = "check.";

  /// The verifier's modules, each after those that it imports.
  private static final List<String> MODULES =
      List.of("canonical.js", "notes.js", "receipt.js", "tree.js", "verifier.js", "check.js");

  private final Words words;
  private final Template main;
  private final Template aside;
  private final Template own;
  private final Template alone;

  CheckPage(Words words) {
    this.words = words;
    this.main = Template.read("check", words);
    this.aside = Template.read("check-aside", words);
    this.own = Template.read("check-own", words);
    this.alone = Template.read("check-alone", words);
  }

  /// The page among the console's others.
  ///
  /// @param keys the key file of this server's own log, offered to the visitor
  /// @param asked the id of the receipt that the visitor comes for, or empty
  Content content(String keys, String asked) {
    Map<String, String> said = Map.of("lang", words.language().tag(), "asked", asked);
    Html page = main(keys, asked, aside.fill(said), own.fill(Map.of()));
    return new Content(Tab.CHECK, "check.js", words.json(WORDS), Html.NONE, page);
  }

  /// The page as one file, without any outside resource.
  Html alone() {
    Html script = new Html(script());
    Html style = new Html(Resource.text("console.css"));
    return alone.fill(
        Map.of(
            "lang", words.language().tag(),
            "words", words.json(WORDS),
            "security", security(script, style)),
        Map.of("script", script, "style", style, "main", main("", "", Html.NONE, Html.NONE)));
  }

  private Html main(String keys, String asked, Html beside, Html ownKeys) {
    return main.fill(Map.of("keys", keys, "asked", asked), Map.of("aside", beside, "own", ownKeys));
  }

  /// All modules as one: they share no name, so that imports and exports can go.
  private static String script() {
    return MODULES.stream()
        .flatMap(name -> Resource.text(name).lines())
        .filter(line -> !line.startsWith("import "))
        .map(line -> line.startsWith("export ") ? line.substring("export ".length()) : line)
        .collect(Collectors.joining("\n"));
  }

  private static String security(Html script, Html style) {
    return "default-src 'none'; script-src 'sha256-"
        + hash(script)
        + "'; style-src 'sha256-"
        + hash(style)
        + "'; img-src data:; base-uri 'none'; form-action 'none'";
  }

  private static String hash(Html inline) {
    byte[] hash = Sha256.of(inline.text().getBytes(StandardCharsets.UTF_8));
    return Base64.getEncoder().encodeToString(hash);
  }
}
