package dejima.location;

/// All places within a distance of a centre: where whoever answered a landmark can be.
///
/// @param centre the middle
/// @param metres the radius
public record Disc(Place centre, double metres) {
  /// What is added to every radius: errors of maps and coordinates, heights, and half of the gap
  /// between two points of a coast.
  public static final double MARGIN = 7_000;

  /// Where whoever answered in this time can be.
  public static Disc around(Place landmark, RoundTrip shortest) {
    return new Disc(landmark, shortest.metres() + MARGIN);
  }

  /// Is this place in the disc?
  public boolean contains(Place place) {
    return centre.metresTo(place) <= metres;
  }
}
