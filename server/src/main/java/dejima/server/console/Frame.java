package dejima.server.console;

import dejima.residency.LocalText;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What all pages of the console share: head, navigation, the policy's notice, foot.
final class Frame {
  private final Words words;
  private final Template frame;
  private final Template tab;

  Frame(Words words) {
    this.words = words;
    this.frame = Template.read("frame", words);
    this.tab = Template.read("tab", words);
  }

  /// What stands in the frame.
  ///
  /// @param script the page's script among the assets
  /// @param words what the script needs to know of the language, as JSON
  /// @param status what stands beside the title
  /// @param main the rest
  record Content(Tab tab, String script, String words, Html status, Html main) {
    /// A page whose script needs no words.
    static Content of(Tab tab, Html main) {
      return new Content(tab, "page.js", "{}", Html.NONE, main);
    }
  }

  /// The whole page.
  ///
  /// @param query of the page's address without the language, as in `?id=rcpt_…`
  Html around(Content content, ConsoleAssets assets, Optional<LocalText> notice, String query) {
    Language language = words.language();
    String link = query.isEmpty() ? "?lang=" : query + "&lang=";
    return frame.fill(
        Map.ofEntries(
            Map.entry("lang", language.tag()),
            Map.entry("page", content.tab().key()),
            Map.entry("heading", words.get("page." + content.tab().key())),
            Map.entry("isJa", Boolean.toString(language == Language.JA)),
            Map.entry("isEn", Boolean.toString(language == Language.EN)),
            Map.entry("japanese", link + "ja"),
            Map.entry("english", link + "en"),
            Map.entry("words", content.words()),
            Map.entry("icon", assets.address("icon.svg")),
            Map.entry("style", assets.address("console.css")),
            Map.entry("script", assets.address(content.script())),
            Map.entry("notice", notice.map(language::of).orElse(""))),
        Map.of("status", content.status(), "tabs", tabs(content.tab()), "main", content.main()));
  }

  private Html tabs(Tab current) {
    return Stream.of(Tab.values())
        .map(other ->
            tab.fill(
                Map.of(
                    "address", other.address(),
                    "current", other == current ? "page" : "false",
                    "name", words.get("page." + other.key()))))
        .collect(Html.joined());
  }
}
