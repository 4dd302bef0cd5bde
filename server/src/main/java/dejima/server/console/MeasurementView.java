package dejima.server.console;

import dejima.server.console.LocationView.Measured;
import dejima.server.console.LocationView.Seen;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// What landmarks measured of one site: the map of discs and the table beneath it.
final class MeasurementView {
  private static final int SECONDS_PER_MINUTE = 60;

  private final Words words;
  private final Template frame;
  private final Template row;
  private final DiscMap map;

  MeasurementView(Words words) {
    this.words = words;
    this.frame = Template.read("measured", words);
    this.row = Template.read("measured-row", words);
    this.map = new DiscMap(words);
  }

  /// Nothing where nobody measures.
  Html draw(String site, Optional<LocationView> located) {
    return located.map(seen -> drawn(site, seen)).orElse(Html.NONE);
  }

  private Html drawn(String site, LocationView located) {
    Html rows =
        IntStream.range(0, located.landmarks().size())
            .mapToObj(i -> row(located.landmarks().get(i), i + 1))
            .collect(Html.joined());
    return frame.fill(
        Map.of(
            "site", site,
            "place",
                String.format(
                    Locale.ROOT,
                    "%.3f, %.3f",
                    located.declared().latitude(),
                    located.declared().longitude()),
            "proof", located.proof(),
            "said", words.get("verdict", located.proof()),
            "reason", words.language().of(located.reason())),
        Map.of("map", map.draw(site, located), "rows", rows));
  }

  private Html row(Seen seen, int number) {
    Optional<Measured> newest = seen.newest();
    String verdict = newest.map(Measured::verdict).orElse("NONE");
    return row.fill(
        Map.of(
            "number", Integer.toString(number),
            "landmark", seen.landmark(),
            "person", seen.person(),
            "ms", newest.map(one -> decimal("%.3f", one.ms())).orElse(Figures.UNKNOWN),
            "km", newest.map(one -> decimal("%.1f", one.km())).orElse(Figures.UNKNOWN),
            "age", newest.map(one -> age(one.secondsAgo())).orElse(Figures.UNKNOWN),
            "verdict", verdict,
            "said", words.get("verdict", verdict),
            "reason", newest.map(one -> words.language().of(one.reason())).orElse(""),
            "failure", seen.failure()));
  }

  private String age(long seconds) {
    return words.get("age").formatted(seconds / SECONDS_PER_MINUTE, seconds % SECONDS_PER_MINUTE);
  }

  private static String decimal(String format, double number) {
    return String.format(Locale.ROOT, format, number);
  }
}
