package dejima.server.config;

import dejima.evidence.NoteKey;
import dejima.location.Landmarks.Landmark;
import dejima.location.LegalPerson;
import dejima.location.Place;
import dejima.location.SiteProof;
import dejima.server.config.LocationSettings.AskedLandmark;
import dejima.server.config.LocationSettings.SiteLocation;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads what `dejima.yaml` says of landmarks and of the sites' places.
final class LocationReader {
  private static final Duration MOST_OFTEN = Duration.ofSeconds(1);

  private LocationReader() {}

  static LocationSettings settings(ConfigSection root) {
    List<AskedLandmark> landmarks = new ArrayList<>();
    for (ConfigSection section : root.sections("landmarks")) {
      landmark(section).ifPresent(landmarks::add);
      section.close();
    }
    ConfigSection section = root.section("location");
    LocationSettings settings =
        new LocationSettings(
            distinct(landmarks, root),
            within(section, "every", LocationSettings.MOST_SELDOM),
            within(section, "validFor", SiteProof.VALID));
    section.close();
    return settings;
  }

  private static List<AskedLandmark> distinct(List<AskedLandmark> read, ConfigSection root) {
    try {
      new LocationSettings(read, MOST_OFTEN, MOST_OFTEN).trusted();
      return read;
    } catch (IllegalArgumentException shared) {
      root.mistake("landmarks", String.valueOf(shared.getMessage()));
      return List.of();
    }
  }

  private static Optional<AskedLandmark> landmark(ConfigSection section) {
    String id = section.text("id");
    Optional<URI> url = section.read("url", LocationReader::url);
    Optional<NoteKey> key = section.read("key", text -> NoteKey.parse(text).orThrow());
    Optional<LegalPerson> person = section.read("legalPerson", LegalPerson::new);
    Optional<Place> place = place(section);
    for (String needed : List.of("url", "key", "legalPerson")) {
      if (!section.has(needed)) {
        section.mistake(needed, "is missing; 'dejima landmark init' prints what to write");
      }
    }
    if (key.isPresent() && !key.get().name().equals(id)) {
      section.mistake("id", "is not the name in the landmark's key");
    }
    if (url.isEmpty() || key.isEmpty() || person.isEmpty() || place.isEmpty()) {
      return Optional.empty();
    }
    try {
      Landmark landmark = new Landmark(key.get(), person.get(), place.get());
      return Optional.of(new AskedLandmark(landmark, url.get()));
    } catch (IllegalArgumentException refused) {
      section.mistake("key", String.valueOf(refused.getMessage()));
      return Optional.empty();
    }
  }

  /// The `location` section of a site, if it has one.
  static Optional<SiteLocation> site(ConfigSection site) {
    if (!site.has("location")) {
      return Optional.empty();
    }
    ConfigSection section = site.section("location");
    Optional<Address> udp = section.read("udp", Address::parse);
    if (!section.has("udp")) {
      section.mistake(
          "udp", "is missing; it is where the site's agent answers landmarks, host:port");
    }
    Optional<Place> declared = place(section);
    section.close();
    return declared.flatMap(
        place -> udp.map(address -> new SiteLocation(place, address.host(), address.port())));
  }

  private static Optional<Place> place(ConfigSection section) {
    for (String needed : List.of("latitude", "longitude")) {
      if (!section.has(needed)) {
        section.mistake(needed, "is missing; write degrees, such as 34.6937");
      }
    }
    Optional<Double> latitude = section.read("latitude", text -> degrees(text, 90));
    Optional<Double> longitude = section.read("longitude", text -> degrees(text, 180));
    return latitude.flatMap(north -> longitude.map(east -> new Place(north, east)));
  }

  private static double degrees(String text, int most) {
    try {
      double degrees = Double.parseDouble(text);
      if (Math.abs(degrees) <= most) {
        return degrees;
      }
    } catch (NumberFormatException none) {
      throw new IllegalArgumentException("must be degrees, such as 34.6937", none);
    }
    throw new IllegalArgumentException("must be degrees from -" + most + " to " + most);
  }

  private static Duration within(ConfigSection section, String key, Duration most) {
    Duration read = section.duration(key, most);
    if (read.compareTo(most) > 0 || read.compareTo(MOST_OFTEN) < 0) {
      section.mistake(key, "must be from 1s to " + most.toSeconds() + "s");
      return most;
    }
    return read;
  }

  private static URI url(String text) {
    URI url = URI.create(text);
    boolean plain = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!plain || url.getHost() == null || url.getRawQuery() != null) {
      throw new IllegalArgumentException("must be http://host:port or https://host:port");
    }
    return url;
  }
}
