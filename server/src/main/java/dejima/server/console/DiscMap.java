package dejima.server.console;

import dejima.location.Place;
import dejima.server.console.LocationView.Measured;
import dejima.server.console.LocationView.Seen;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/// Round trips as discs, to scale, around the landmarks that measured them: whoever answered was
/// inside all of them. Degrees of latitude and longitude are drawn, and no coast and no border.
final class DiscMap {
  private static final double WIDTH = 640;
  private static final double HEIGHT = 460;
  private static final double EDGE = 26;
  private static final double KM_PER_DEGREE = 111.2;
  private static final double LEAST_KM = 60;
  private static final double LEAST_AWAY = 22;

  private final Template frame;
  private final Template disc;
  private final Template parallel;
  private final Template meridian;
  private final Words words;

  DiscMap(Words words) {
    this.words = words;
    this.frame = Template.read("discs", words);
    this.disc = Template.read("disc", words);
    this.parallel = Template.read("parallel", words);
    this.meridian = Template.read("meridian", words);
  }

  /// The map of one site, its declared place in the middle.
  Html draw(String site, LocationView seen) {
    Scale scale = Scale.of(seen);
    List<Seen> landmarks = seen.landmarks();
    Html discs =
        IntStream.range(0, landmarks.size())
            .mapToObj(i -> disc(scale, landmarks.get(i), i))
            .collect(Html.joined());
    return frame.fill(
        Map.of(
            "site", site,
            "alt", words.get("discs.alt").formatted(site, seen.measured().size()),
            "barX", number(EDGE),
            "barEnd", number(EDGE + scale.bar() * scale.perKm()),
            "bar", Integer.toString(scale.bar())),
        Map.of("lines", lines(scale), "discs", discs));
  }

  private Html disc(Scale scale, Seen seen, int number) {
    double radius = seen.newest().map(Measured::km).orElse(0.0) * scale.perKm();
    double x = scale.x(seen.place());
    double y = scale.y(seen.place());
    // Discs of one city lie on each other, their edges need not: each number has its own angle.
    double angle = Math.toRadians(-60 + 47.0 * number);
    double away = Math.max(radius, LEAST_AWAY);
    double numberX = Math.clamp(x + away * Math.cos(angle), EDGE, WIDTH - EDGE);
    double numberY = Math.clamp(y + away * Math.sin(angle), EDGE, HEIGHT - EDGE);
    return disc.fill(
        Map.of(
            "x", number(x),
            "y", number(y),
            "r", number(radius),
            "numberX", number(numberX),
            "numberY", number(numberY),
            "number", Integer.toString(number + 1),
            "verdict", seen.newest().map(Measured::verdict).orElse("NONE"),
            "landmark", seen.landmark()));
  }

  private Html lines(Scale scale) {
    int step = scale.step();
    StringBuilder drawn = new StringBuilder();
    for (int degree = -90; degree <= 90; degree += step) {
      double y = scale.y(new Place(degree, scale.centre().longitude()));
      if (y > EDGE && y < HEIGHT - EDGE) {
        drawn.append(
            parallel.fill(Map.of("y", number(y), "label", degree(degree, "N", "S"))).text());
      }
    }
    for (int degree = -180; degree < 180; degree += step) {
      double x = scale.x(new Place(scale.centre().latitude(), degree));
      if (x > EDGE && x < WIDTH - EDGE) {
        drawn.append(
            meridian.fill(Map.of("x", number(x), "label", degree(degree, "E", "W"))).text());
      }
    }
    return new Html(drawn.toString());
  }

  private static String degree(int degree, String positive, String negative) {
    return Math.abs(degree) + "°" + (degree < 0 ? negative : positive);
  }

  private static String number(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }

  /// Kilometres to the picture's units, around a centre: degrees of longitude as long as they are
  /// there.
  ///
  /// @param perKm units for a kilometre
  private record Scale(Place centre, double perKm) {
    static Scale of(LocationView seen) {
      Place centre = seen.declared();
      Scale plain = new Scale(centre, 1);
      double across = LEAST_KM;
      double down = LEAST_KM;
      for (Seen one : shown(seen)) {
        double km = one.newest().map(Measured::km).orElse(0.0);
        across = Math.max(across, Math.abs(plain.x(one.place()) - WIDTH / 2) + km);
        down = Math.max(down, Math.abs(plain.y(one.place()) - HEIGHT / 2) + km);
      }
      return new Scale(centre, Math.min((WIDTH / 2 - EDGE) / across, (HEIGHT / 2 - EDGE) / down));
    }

    /// Those that prove decide how large the picture is; what is larger is cut off at its frame.
    private static List<Seen> shown(LocationView seen) {
      List<Seen> proving =
          seen.landmarks().stream()
              .filter(one -> one.newest().filter(Measured::proves).isPresent())
              .toList();
      return proving.isEmpty() ? seen.landmarks() : proving;
    }

    double x(Place place) {
      double degrees = Math.IEEEremainder(place.longitude() - centre.longitude(), 360);
      double shrunk = degrees * Math.cos(Math.toRadians(centre.latitude()));
      return WIDTH / 2 + shrunk * KM_PER_DEGREE * perKm;
    }

    double y(Place place) {
      return HEIGHT / 2 - (place.latitude() - centre.latitude()) * KM_PER_DEGREE * perKm;
    }

    /// Degrees between lines, so that a few are drawn.
    int step() {
      double degrees = HEIGHT / perKm / KM_PER_DEGREE;
      return IntStream.of(1, 2, 5, 10, 15, 30)
          .filter(step -> degrees / step <= 7)
          .findFirst()
          .orElse(90);
    }

    /// A round number of kilometres, about a fifth of the width.
    int bar() {
      double fifth = WIDTH / perKm / 5;
      int ten = (int) Math.pow(10, Math.floor(Math.log10(fifth)));
      return ((int) (fifth / ten)) * ten;
    }
  }
}
