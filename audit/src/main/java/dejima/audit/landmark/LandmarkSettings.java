package dejima.audit.landmark;

import dejima.location.LegalPerson;
import dejima.location.Place;
import dejima.location.SiteKey;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/// What is written in `landmark.properties`.
///
/// @param person who answers for the landmark
/// @param place where it stands
/// @param host the address that gateways connect to
/// @param port 0 lets the system choose
/// @param gateways the pins of the gateways that it measures for
record LandmarkSettings(
    LegalPerson person, Place place, String host, int port, Set<String> gateways) {
  private static final Set<String> KNOWN =
      Set.of("person", "latitude", "longitude", "listen", "gateways");
  private static final int LAST_PORT = 65_535;

  LandmarkSettings {
    gateways = Set.copyOf(gateways);
  }

  /// The file that `init` writes.
  static String sample(LegalPerson person, Place place, List<String> gateways) {
    return """
    # A Dejima landmark. An unknown name is a mistake.

    # The legal person that answers for it, as gateways register it.
    person=%s

    # Where it stands, in degrees (WGS84). Gateways compare it with what they registered.
    latitude=%s
    longitude=%s

    # Where gateways connect to. Put a TLS proxy before it to serve others than this machine.
    listen=127.0.0.1:9301

    # The pins of the gateways that it measures for, separated by commas; others are refused.
    gateways=%s
    """
        .formatted(person.name(), place.latitude(), place.longitude(), String.join(",", gateways));
  }

  /// Reads the file.
  ///
  /// @throws LandmarkUnusable with every mistake
  static LandmarkSettings read(Path file) {
    try {
      return parse(Files.readString(file), file.toString());
    } catch (IOException failed) {
      throw new LandmarkUnusable(
          file + " cannot be read as UTF-8: 'dejima landmark init' writes one to start from",
          failed);
    }
  }

  static LandmarkSettings parse(String text, String name) {
    Properties written = new Properties();
    List<String> mistakes = new ArrayList<>();
    try {
      written.load(new StringReader(text));
    } catch (IOException | IllegalArgumentException malformed) {
      throw new LandmarkUnusable(name + ": " + malformed.getMessage(), malformed);
    }
    Set<String> unknown = new TreeSet<>(written.stringPropertyNames());
    unknown.removeAll(KNOWN);
    unknown.forEach(key -> mistakes.add(key + " is not known here: remove it"));
    Reader reader = new Reader(written, mistakes);
    LegalPerson person = reader.read("person", "Example K.K.", LegalPerson::new);
    double latitude = reader.read("latitude", "0", Double::valueOf);
    double longitude = reader.read("longitude", "0", Double::valueOf);
    String listen = reader.read("listen", "127.0.0.1:9301", LandmarkSettings::address);
    Set<String> gateways = reader.read("gateways", "", LandmarkSettings::pins);
    Place place = reader.attempt("latitude and longitude", () -> new Place(latitude, longitude));
    if (!mistakes.isEmpty()) {
      throw new LandmarkUnusable(name + ":\n  " + String.join("\n  ", mistakes));
    }
    int colon = listen.lastIndexOf(':');
    String host = listen.substring(0, colon).replaceAll("^\\[(.*)]$", "$1");
    return new LandmarkSettings(
        person, place, host, Integer.parseInt(listen.substring(colon + 1)), gateways);
  }

  /// Collects what is wrong instead of stopping at it.
  private record Reader(Properties written, List<String> mistakes) {
    <T> T read(String key, String example, Function<String, T> turn) {
      String value = written.getProperty(key, "").strip();
      try {
        if (!value.isEmpty() || key.equals("gateways")) {
          return turn.apply(value);
        }
        mistakes.add(key + " is missing");
      } catch (IllegalArgumentException refused) {
        mistakes.add(key + ": " + refused.getMessage());
      }
      return turn.apply(example);
    }

    Place attempt(String what, Supplier<Place> make) {
      try {
        return make.get();
      } catch (IllegalArgumentException refused) {
        mistakes.add(what + ": " + refused.getMessage());
        return new Place(0, 0);
      }
    }
  }

  private static String address(String text) {
    int colon = text.lastIndexOf(':');
    String port = text.substring(colon + 1);
    if (colon < 1 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > LAST_PORT) {
      throw new IllegalArgumentException("write an address and a port, such as 127.0.0.1:9301");
    }
    return text;
  }

  private static Set<String> pins(String text) {
    Set<String> pins = new LinkedHashSet<>();
    Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .filter(p -> !p.isEmpty())
        .forEach(pins::add);
    for (String pin : pins) {
      if (!SiteKey.isPin(pin)) {
        throw new IllegalArgumentException(
            "write sha256/ and 44 base64 characters for each gateway, as it prints its pin");
      }
    }
    return pins;
  }
}
