package dejima.server.console;

import java.util.EnumMap;
import java.util.Map;

/// All pages in one language.
record Pages(
    Words words,
    Frame frame,
    ConsolePage overview,
    SitesPage sites,
    PolicyPage policy,
    ReceiptsPage receipts,
    CheckPage check,
    DrillsPage drills) {

  private static Pages in(Language language) {
    Words words = Words.in(language);
    return new Pages(
        words,
        new Frame(words),
        new ConsolePage(language),
        new SitesPage(words),
        new PolicyPage(words),
        new ReceiptsPage(words),
        new CheckPage(words),
        new DrillsPage(words));
  }

  /// The pages in each language.
  static Map<Language, Pages> all() {
    Map<Language, Pages> all = new EnumMap<>(Language.class);
    for (Language language : Language.values()) {
      all.put(language, in(language));
    }
    return all;
  }
}
