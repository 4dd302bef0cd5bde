package dejima.server.console;

import dejima.evidence.Json;
import dejima.location.Disc;
import dejima.location.Place;
import dejima.residency.LocalText;
import java.util.List;
import java.util.Optional;

/// What landmarks last measured of one site, as the console shows it.
///
/// @param declared where the site is said to be
/// @param proof what all of them together prove: `PROVED`, `UNPROVED` or `CONTRADICTED`
/// @param reason why it is not proved, empty where it is
/// @param landmarks every landmark that is asked
record LocationView(Place declared, String proof, LocalText reason, List<Seen> landmarks) {
  private static final double METRES_PER_KM = 1000;

  /// Copies the list.
  LocationView {
    landmarks = List.copyOf(landmarks);
  }

  /// One landmark.
  ///
  /// @param failure why it could not measure last time, empty where it could
  /// @param newest its newest measurement that still counts
  record Seen(
      String landmark, String person, Place place, String failure, Optional<Measured> newest) {}

  /// One measurement.
  ///
  /// @param ms the shortest round trip
  /// @param km the radius of the disc in which the site is, margin included
  /// @param secondsAgo its age
  record Measured(double ms, double km, long secondsAgo, String verdict, LocalText reason) {
    /// Whether this landmark alone proves the place.
    boolean proves() {
      return verdict.equals("PROVED");
    }
  }

  /// Reads what the watch over locations tells of a site.
  static LocationView of(Json.Obj told) {
    return new LocationView(
        Place.of(told.get("declared").orElse(Json.nullValue())).orThrow(),
        told.string("proof").orElse(""),
        text(told),
        told.objects("landmarks").stream().map(LocationView::seen).toList());
  }

  private static Seen seen(Json.Obj landmark) {
    return new Seen(
        landmark.string("id").orElse(""),
        landmark.string("person").orElse(""),
        new Place(number(landmark, "latitude"), number(landmark, "longitude")),
        landmark.string("failure").orElse(""),
        landmark.string("verdict").map(verdict -> measured(landmark, verdict)));
  }

  private static Measured measured(Json.Obj landmark, String verdict) {
    return new Measured(
        number(landmark, "roundTripMs"),
        number(landmark, "radiusKm") + Disc.MARGIN / METRES_PER_KM,
        landmark.integer("secondsAgo").orElse(0L),
        verdict,
        text(landmark));
  }

  private static LocalText text(Json.Obj told) {
    Json.Obj reason = told.object("reason").orElseGet(() -> Json.object().build());
    return new LocalText(reason.string("ja").orElse(""), reason.string("en").orElse(""));
  }

  private static double number(Json.Obj told, String name) {
    return told.get(name).orElse(Json.nullValue()) instanceof Json.Num(double value) ? value : 0;
  }

  /// The landmarks that have measured, in their order.
  List<Seen> measured() {
    return landmarks.stream().filter(seen -> seen.newest().isPresent()).toList();
  }
}
