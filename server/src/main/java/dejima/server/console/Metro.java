package dejima.server.console;

import dejima.residency.Country;
import java.util.Locale;
import java.util.Map;

/// A place in the schematic of sites. Positions are on a grid and say only how places lie to each
/// other; nothing is to scale.
enum Metro {
  ISHIKARI("石狩", "Ishikari", 560, 84),
  SAPPORO("札幌", "Sapporo", 640, 124),
  SENDAI("仙台", "Sendai", 600, 212),
  TOKYO("東京圏", "Tokyo area", 560, 300),
  NAGOYA("名古屋", "Nagoya", 440, 340),
  OSAKA("大阪・堺", "Osaka, Sakai", 330, 372),
  HIROSHIMA("広島", "Hiroshima", 225, 348),
  FUKUOKA("福岡", "Fukuoka", 120, 388),
  NAHA("那覇", "Naha", 96, 500),
  /// In Japan, though nobody said where.
  ELSEWHERE("国内（場所の申告なし）", "in Japan, place not stated", 330, 500),
  /// Declared to be in another country.
  ABROAD("国外", "Abroad", 820, 180),
  /// No country is established.
  UNKNOWN("国不明", "Country unknown", 820, 400);

  private static final Map<String, Metro> NAMES =
      Map.ofEntries(
          Map.entry("ishikari", ISHIKARI),
          Map.entry("sapporo", SAPPORO),
          Map.entry("tomakomai", SAPPORO),
          Map.entry("sendai", SENDAI),
          Map.entry("tokyo", TOKYO),
          Map.entry("saitama", TOKYO),
          Map.entry("inzai", TOKYO),
          Map.entry("japaneast", TOKYO),
          Map.entry("nagoya", NAGOYA),
          Map.entry("osaka", OSAKA),
          Map.entry("sakai", OSAKA),
          Map.entry("japanwest", OSAKA),
          Map.entry("hiroshima", HIROSHIMA),
          Map.entry("fukuoka", FUKUOKA),
          Map.entry("naha", NAHA),
          Map.entry("okinawa", NAHA));

  private final String ja;
  private final String en;
  private final int x;
  private final int y;

  Metro(String ja, String en, int x, int y) {
    this.ja = ja;
    this.en = en;
    this.x = x;
    this.y = y;
  }

  /// Where the schematic puts a site: by country first, then by what its metro or id names.
  static Metro of(SiteCard card) {
    Country country = card.facts().country();
    if (country.equals(Country.UNKNOWN)) {
      return UNKNOWN;
    }
    if (!country.equals(Country.JAPAN)) {
      return ABROAD;
    }
    return named(card.metro().isEmpty() ? card.facts().id() : card.metro());
  }

  private static Metro named(String text) {
    String name = text.toLowerCase(Locale.ROOT);
    return NAMES.entrySet().stream()
        .filter(entry -> name.contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(ELSEWHERE);
  }

  /// As in `ishikari`.
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  String ja() {
    return ja;
  }

  String en() {
    return en;
  }

  int x() {
    return x;
  }

  int y() {
    return y;
  }
}
