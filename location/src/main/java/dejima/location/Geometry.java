package dejima.location;

/// Judges one shortest round trip: where can whoever answered be, is the declared place among that,
/// and is no foreign land?
public final class Geometry {
  /// A landmark farther away than this from the declared place says at best "somewhere in Japan",
  /// and nothing about the place: every metropolitan area needs landmarks of its own.
  public static final double LOCAL = 100_000;

  /// The part of the map in which a place is known to be land or sea from the coasts east of it.
  private static final double SOUTHMOST = 20;

  private static final double NORTHMOST = 46.5;
  private static final double WESTMOST = 120;
  private static final double EASTMOST = 160;

  private Geometry() {}

  /// Judges.
  ///
  /// @param declared where the site says it is
  /// @param landmark where the landmark is
  /// @param shortest of all round trips between them
  public static Verdict judge(Place declared, Place landmark, RoundTrip shortest) {
    Disc disc = Disc.around(landmark, shortest);
    double metres = landmark.metresTo(declared);
    if (metres > disc.metres()) {
      return new Verdict.Contradicted(shortest, metres);
    }
    Coast coast = Coast.foreign();
    if (!isOnMap(declared) || !coast.covers(disc)) {
      return new Verdict.Unproved(Doubt.OUTSIDE_MAP);
    }
    if (metres > LOCAL) {
      return new Verdict.Unproved(Doubt.LANDMARK_FAR);
    }
    if (coast.touches(disc)) {
      return new Verdict.Unproved(Doubt.REACHES_FOREIGN_LAND);
    }
    // Without a foreign coast the disc is all foreign land or none of it: its one known place says
    // which.
    return coast.encloses(declared)
        ? new Verdict.Unproved(Doubt.DECLARED_ABROAD)
        : new Verdict.Proved(shortest, disc);
  }

  /// The longest round trip, in milliseconds, with which a landmark at this place can still prove
  /// anything; negative where foreign land is nearer than the margin.
  public static double longestMillis(Place landmark) {
    double light = new RoundTrip(1_000_000).metres();
    return (Coast.foreign().metresFrom(landmark) - Disc.MARGIN) / light;
  }

  private static boolean isOnMap(Place place) {
    return place.latitude() >= SOUTHMOST
        && place.latitude() <= NORTHMOST
        && place.longitude() >= WESTMOST
        && place.longitude() <= EASTMOST;
  }
}
