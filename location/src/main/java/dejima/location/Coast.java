package dejima.location;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// The outline of all foreign land near Japan as a cloud of points, two neighbours less than twice
/// [Disc#MARGIN] apart. It says where a machine must not be and is never drawn; how it was made is
/// in `location/map/README.md`.
final class Coast {
  /// Beyond this distance from the middle the cloud holds nothing.
  static final double REACH = 3_450_000;

  static final Place MIDDLE = new Place(36, 137);

  private static final double EQUATOR = 6_378_137;
  private static final double FLATTENING = 1 / 298.257223563;
  private static final double ECCENTRICITY_SQUARED = FLATTENING * (2 - FLATTENING);

  /// One, read when it is first wanted.
  private static final class Holder {
    private static final Coast SHIPPED = shipped();
  }

  private final double[] latitude;
  private final double[] longitude;
  private final boolean[] begins;
  private final double[] xyz;

  private Coast(double[] latitude, double[] longitude, boolean[] begins) {
    this.latitude = latitude;
    this.longitude = longitude;
    this.begins = begins;
    this.xyz = new double[3 * latitude.length];
    for (int i = 0; i < latitude.length; i++) {
      position(latitude[i], longitude[i], xyz, 3 * i);
    }
  }

  /// The cloud that ships with the program.
  static Coast foreign() {
    return Holder.SHIPPED;
  }

  private static Coast shipped() {
    try (InputStream in = Coast.class.getResourceAsStream("coast.bin")) {
      if (in == null) {
        throw new IllegalStateException("the coast is missing from the program");
      }
      return read(new CoastFile(in.readAllBytes()));
    } catch (IOException failed) {
      throw new UncheckedIOException("the coast cannot be read", failed);
    }
  }

  private static Coast read(CoastFile file) {
    int points = file.points();
    double[] latitude = new double[points];
    double[] longitude = new double[points];
    boolean[] begins = new boolean[points];
    file.forEach((i, lat, lon, first) -> {
      latitude[i] = lat;
      longitude[i] = lon;
      begins[i] = first;
    });
    return new Coast(latitude, longitude, begins);
  }

  int size() {
    return latitude.length;
  }

  Place point(int index) {
    return new Place(latitude[index], longitude[index]);
  }

  /// Does the cloud know everything in the disc?
  boolean covers(Disc disc) {
    return MIDDLE.metresTo(disc.centre()) + disc.metres() <= REACH;
  }

  /// Is some point of the cloud in the disc?
  boolean touches(Disc disc) {
    double[] centre = new double[3];
    position(disc.centre().latitude(), disc.centre().longitude(), centre, 0);
    double square = disc.metres() * disc.metres();
    for (int i = 0; i < latitude.length; i++) {
      // The straight line through the earth is never longer than the way on its surface, so a
      // point whose line is too long needs no geodesic.
      if (squaredLine(centre, 3 * i) <= square && disc.contains(point(i))) {
        return true;
      }
    }
    return false;
  }

  /// Metres to the point of the cloud with the shortest straight line.
  double metresFrom(Place place) {
    double[] from = new double[3];
    position(place.latitude(), place.longitude(), from, 0);
    int nearest = 0;
    for (int i = 1; i < latitude.length; i++) {
      if (squaredLine(from, 3 * i) < squaredLine(from, 3 * nearest)) {
        nearest = i;
      }
    }
    return place.metresTo(point(nearest));
  }

  /// Is the place on foreign land? Walks east along its parallel to the end of the cloud: beyond it
  /// is open sea, and each outline that is crossed changes sides. Only asked for places within
  /// [#covers] of the middle's own latitudes, see [Geometry].
  boolean encloses(Place place) {
    boolean inside = false;
    for (int i = 1; i < latitude.length; i++) {
      if (!begins[i] && crosses(i, place)) {
        inside = !inside;
      }
    }
    return inside;
  }

  private boolean crosses(int i, Place place) {
    double south = latitude[i - 1];
    double north = latitude[i];
    if ((south > place.latitude()) == (north > place.latitude())) {
      return false;
    }
    double share = (place.latitude() - south) / (north - south);
    double at = longitude[i - 1] + share * (longitude[i] - longitude[i - 1]);
    return at > place.longitude();
  }

  private double squaredLine(double[] from, int at) {
    double x = xyz[at] - from[0];
    double y = xyz[at + 1] - from[1];
    double z = xyz[at + 2] - from[2];
    return x * x + y * y + z * z;
  }

  /// Earth-centred coordinates in metres: they have no seam at poles and antimeridian.
  private static void position(double latitude, double longitude, double[] xyz, int at) {
    double phi = Math.toRadians(latitude);
    double lambda = Math.toRadians(longitude);
    double sine = Math.sin(phi);
    double normal = EQUATOR / Math.sqrt(1 - ECCENTRICITY_SQUARED * sine * sine);
    xyz[at] = normal * Math.cos(phi) * Math.cos(lambda);
    xyz[at + 1] = normal * Math.cos(phi) * Math.sin(lambda);
    xyz[at + 2] = normal * (1 - ECCENTRICITY_SQUARED) * sine;
  }
}
