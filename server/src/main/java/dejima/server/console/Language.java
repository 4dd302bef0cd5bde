package dejima.server.console;

import dejima.residency.LocalText;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// A language of the console.
enum Language {
  JA(Locale.JAPANESE),
  EN(Locale.ENGLISH);

  private final Locale locale;

  Language(Locale locale) {
    this.locale = locale;
  }

  /// As in `ja`.
  String tag() {
    return locale.getLanguage();
  }

  /// This language's half of a text.
  String of(LocalText text) {
    return switch (this) {
      case JA -> text.ja();
      case EN -> text.en();
    };
  }

  /// The name of a country by its ISO 3166-1 code.
  String country(String code) {
    return Locale.of("", code).getDisplayCountry(locale);
  }

  /// The language of exactly this tag.
  static Optional<Language> tagged(String tag) {
    return Stream.of(values()).filter(language -> language.tag().equals(tag)).findFirst();
  }

  /// What an `Accept-Language` header (RFC 9110 §12.5.4) likes best, Japanese where it names
  /// neither or makes no sense.
  static Language accepted(String header) {
    try {
      return Locale.LanguageRange.parse(header).stream()
          .sorted(Comparator.comparingDouble(Locale.LanguageRange::getWeight).reversed())
          .map(range -> List.of(range.getRange().split("-", 2)).getFirst())
          .flatMap(tag -> tagged(tag).stream())
          .findFirst()
          .orElse(JA);
    } catch (IllegalArgumentException _) {
      return JA;
    }
  }
}
