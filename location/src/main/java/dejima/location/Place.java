package dejima.location;

import dejima.evidence.Json;
import dejima.evidence.Reading;
import java.util.Optional;
import net.sf.geographiclib.Geodesic;
import net.sf.geographiclib.GeodesicMask;

/// A point on the WGS84 ellipsoid.
///
/// @param latitude degrees north, −90 to 90
/// @param longitude degrees east, −180 to 180
public record Place(double latitude, double longitude) {
  private static final int MEMBERS = 2;

  /// @throws IllegalArgumentException for anything that is no such point, such as NaN
  public Place {
    if (!isWithin(latitude, 90) || !isWithin(longitude, 180)) {
      throw new IllegalArgumentException(
          "a place has a latitude from -90 to 90 and a longitude from -180 to 180 degrees");
    }
  }

  private static boolean isWithin(double degrees, double most) {
    return Math.abs(degrees) <= most; // false for NaN
  }

  /// The length of the shortest way on the ellipsoid, in metres.
  public double metresTo(Place other) {
    return Geodesic.WGS84.Inverse(
            latitude, longitude, other.latitude, other.longitude, GeodesicMask.DISTANCE)
        .s12;
  }

  /// `{latitude, longitude}`.
  public Json.Obj json() {
    return Json.object()
        .put("latitude", Json.of(latitude))
        .put("longitude", Json.of(longitude))
        .build();
  }

  /// Reads what [#json] writes, and no more members.
  public static Reading<Place> of(Json json) {
    return json instanceof Json.Obj o && o.members().size() == MEMBERS
        ? in(o)
        : new Reading.Unreadable<>("a place has latitude and longitude and nothing else");
  }

  /// Reads the two members among others.
  static Reading<Place> in(Json.Obj members) {
    return of(degrees(members, "latitude"), degrees(members, "longitude"));
  }

  private static Reading<Place> of(Optional<Double> latitude, Optional<Double> longitude) {
    if (latitude.isEmpty() || longitude.isEmpty()) {
      return new Reading.Unreadable<>("latitude or longitude is not a number");
    }
    try {
      return new Reading.Read<>(new Place(latitude.get(), longitude.get()));
    } catch (IllegalArgumentException outside) {
      return new Reading.Unreadable<>(String.valueOf(outside.getMessage()));
    }
  }

  private static Optional<Double> degrees(Json.Obj members, String name) {
    return members
        .get(name)
        .flatMap(v -> v instanceof Json.Num(double d) ? Optional.of(d) : Optional.empty());
  }
}
