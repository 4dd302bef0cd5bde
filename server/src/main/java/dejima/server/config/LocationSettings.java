package dejima.server.config;

import dejima.location.Landmarks;
import dejima.location.Landmarks.Landmark;
import dejima.location.Place;
import dejima.location.SiteProof;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/// How landmarks are asked where the sites are.
///
/// @param landmarks whom to ask; each is trusted as it is described here
/// @param every how often each is asked about each site, a minute at most
/// @param validFor how long an answer counts, ten minutes at most
public record LocationSettings(List<AskedLandmark> landmarks, Duration every, Duration validFor) {
  /// Longest pause between two measurements.
  public static final Duration MOST_SELDOM = Duration.ofMinutes(1);

  /// Nobody is asked.
  public static final LocationSettings NONE =
      new LocationSettings(List.of(), MOST_SELDOM, SiteProof.VALID);

  /// Copies the list.
  public LocationSettings {
    landmarks = List.copyOf(landmarks);
  }

  /// A landmark and where it is reached.
  ///
  /// @param landmark who it is
  /// @param url where it is asked
  public record AskedLandmark(Landmark landmark, URI url) {}

  /// Where a site is said to be, and where it answers landmarks.
  ///
  /// @param declared its place
  /// @param host name or address of its UDP port, as landmarks reach it
  /// @param port its UDP port
  public record SiteLocation(Place declared, String host, int port) {}

  /// The landmarks as a trust to judge by.
  public Landmarks trusted() {
    return new Landmarks(landmarks.stream().map(AskedLandmark::landmark).toList());
  }
}
