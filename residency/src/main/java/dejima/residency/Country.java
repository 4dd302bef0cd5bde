package dejima.residency;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A country by its ISO 3166-1 alpha-2 code in capitals, or [#UNKNOWN].
public record Country(String code) {
  private static final Set<String> ASSIGNED =
      Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2);

  /// No country is established. `ZZ` is a code that ISO 3166-1 leaves to its users.
  public static final Country UNKNOWN = new Country("ZZ");

  /// Japan.
  public static final Country JAPAN = new Country("JP");

  /// Every country there is, by code, and [#UNKNOWN] last.
  public static List<Country> all() {
    Stream<Country> assigned = ASSIGNED.stream().sorted().map(Country::new);
    return Stream.concat(assigned, Stream.of(UNKNOWN)).toList();
  }

  /// Refuses a code that ISO has not assigned.
  public Country {
    if (!code.equals("ZZ") && !ASSIGNED.contains(code)) {
      throw new IllegalArgumentException(
          "not an ISO 3166-1 alpha-2 country code in capitals: " + code);
    }
  }

  /// The country of this code, empty where ISO has assigned none.
  public static Optional<Country> read(String code) {
    return code.equals("ZZ") || ASSIGNED.contains(code)
        ? Optional.of(new Country(code))
        : Optional.empty();
  }
}
