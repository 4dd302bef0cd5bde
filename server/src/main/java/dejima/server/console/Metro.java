package dejima.server.console;

import dejima.residency.Country;
import dejima.residency.LocalText;
import java.util.Locale;
import java.util.Map;

/// A place in the schematic of sites. Positions are on a grid and say only how places lie to each
/// other; nothing is to scale.
enum Metro {
  ISHIKARI("石狩", "Ishikari", 300, 80, Side.RIGHT),
  SAPPORO("札幌", "Sapporo", 356, 136, Side.RIGHT),
  SENDAI("仙台", "Sendai", 356, 206, Side.RIGHT),
  TOKYO("東京圏", "Tokyo area", 326, 290, Side.RIGHT),
  NAGOYA("名古屋", "Nagoya", 272, 320, Side.BELOW),
  OSAKA("大阪・堺", "Osaka, Sakai", 165, 370, Side.BELOW),
  HIROSHIMA("広島", "Hiroshima", 90, 340, Side.BELOW),
  FUKUOKA("福岡", "Fukuoka", 46, 380, Side.RIGHT),
  NAHA("那覇", "Naha", 46, 452, Side.RIGHT),
  /// In Japan, though nobody said where.
  ELSEWHERE("国内・場所の申告なし", "in Japan, place not stated", 210, 456, Side.RIGHT),
  /// Declared to be in another country.
  ABROAD("国外", "Abroad", 662, 92, Side.BELOW),
  /// No country is established.
  UNKNOWN("国不明", "Country unknown", 662, 346, Side.BELOW);

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
  private final Side side;

  Metro(String ja, String en, int x, int y, Side side) {
    this.ja = ja;
    this.en = en;
    this.x = x;
    this.y = y;
    this.side = side;
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

  LocalText title() {
    return new LocalText(ja, en);
  }

  int x() {
    return x;
  }

  int y() {
    return y;
  }

  Side side() {
    return side;
  }

  /// Where the sites' names stand, seen from their markers.
  enum Side {
    RIGHT(32, 6, 0, -29, 56),
    BELOW(0, 43, 0, -29, 80);

    private final int labelX;
    private final int labelY;
    private final int nameX;
    private final int nameY;
    private final int step;

    Side(int labelX, int labelY, int nameX, int nameY, int step) {
      this.labelX = labelX;
      this.labelY = labelY;
      this.nameX = nameX;
      this.nameY = nameY;
      this.step = step;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    int labelX() {
      return labelX;
    }

    int labelY() {
      return labelY;
    }

    int nameX() {
      return nameX;
    }

    int nameY() {
      return nameY;
    }

    /// From one marker down to the next at the same place.
    int step() {
      return step;
    }
  }
}
