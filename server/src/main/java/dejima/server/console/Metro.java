package dejima.server.console;

import dejima.residency.Country;
import dejima.residency.LocalText;
import java.util.Locale;
import java.util.Map;

/// A place in the schematic of sites. Positions are on a grid and say only how places lie to each
/// other; nothing is to scale.
enum Metro {
  ISHIKARI("石狩", "Ishikari", 300, 84, Side.RIGHT, 2),
  SAPPORO("札幌", "Sapporo", 316, 200, Side.RIGHT, 1),
  SENDAI("仙台", "Sendai", 316, 266, Side.RIGHT, 1),
  TOKYO("東京圏", "Tokyo area", 316, 336, Side.RIGHT, 3),
  NAGOYA("名古屋", "Nagoya", 290, 510, Side.RIGHT, 2),
  OSAKA("大阪・堺", "Osaka, Sakai", 76, 330, Side.RIGHT, 2),
  HIROSHIMA("広島", "Hiroshima", 66, 446, Side.RIGHT, 1),
  FUKUOKA("福岡", "Fukuoka", 56, 510, Side.RIGHT, 1),
  NAHA("那覇", "Naha", 56, 576, Side.RIGHT, 1),
  /// In Japan, though nobody said where.
  ELSEWHERE("場所の申告なし", "place not stated", 46, 102, Side.RIGHT, 4),
  /// Declared to be in another country.
  ABROAD("国外", "Abroad", 662, 84, Side.BELOW, 3),
  /// No country is established.
  UNKNOWN("国不明", "Country unknown", 662, 400, Side.BELOW, 3);

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
  private final int rows;

  Metro(String ja, String en, int x, int y, Side side, int rows) {
    this.ja = ja;
    this.en = en;
    this.x = x;
    this.y = y;
    this.side = side;
    this.rows = rows;
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

  /// How many markers fit below each other here without leaving the frame or meeting others.
  int rows() {
    return rows;
  }

  /// How many of the `count` sites here get a marker; the last row counts the others.
  int drawn(int count) {
    return count <= rows ? count : rows - 1;
  }

  /// Where the sites' names stand, seen from their markers.
  enum Side {
    RIGHT(32, 6, 0, -29, 50),
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
