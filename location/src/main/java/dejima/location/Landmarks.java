package dejima.location;

import dejima.evidence.NoteKey;
import dejima.evidence.Reading;
import dejima.evidence.SignatureType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The landmarks that somebody trusts, with what is known of them from elsewhere than themselves.
///
/// @param all no two with one name or one key
public record Landmarks(List<Landmark> all) {
  private static final int LONGEST = 1 << 16;
  private static final int PARTS = 5;

  /// One of them.
  ///
  /// @param key signs its transcripts; its name is the landmark's id
  /// @param person who answers for it
  /// @param place where it stands
  public record Landmark(NoteKey key, LegalPerson person, Place place) {
    /// Checks the key's name and kind.
    public Landmark {
      Fields.name(key.name());
      if (key.type() != SignatureType.ED25519) {
        throw new IllegalArgumentException("a landmark signs with an Ed25519 key of type 1");
      }
    }

    /// Its line in a file.
    public String line() {
      return "landmark %s %s %s %s\n"
          .formatted(key.text(), place.latitude(), place.longitude(), person.name());
    }
  }

  /// @throws IllegalArgumentException if two have one name or one key
  public Landmarks {
    all = List.copyOf(all);
    for (Landmark one : all) {
      if (all.stream().filter(other -> isSame(one, other)).count() > 1) {
        throw new IllegalArgumentException(
            "two landmarks share a name or a key: " + one.key().name());
      }
    }
  }

  private static boolean isSame(Landmark one, Landmark other) {
    return one.key().name().equals(other.key().name())
        || Arrays.equals(one.key().bytes(), other.key().bytes());
  }

  /// The landmark of this id.
  public Optional<Landmark> of(String id) {
    return all.stream().filter(landmark -> landmark.key().name().equals(id)).findFirst();
  }

  /// The trust file that [#parse] reads.
  public String file() {
    return all.stream().map(Landmark::line).collect(Collectors.joining());
  }

  /// Reads a trust file: for each landmark a line `landmark <vkey> <latitude> <longitude> <legal
  /// person>`; empty lines and lines that begin with `#` say nothing.
  public static Reading<Landmarks> parse(String file) {
    if (file.length() > LONGEST) {
      return new Reading.Unreadable<>("landmarks: longer than 64 KiB");
    }
    List<Landmark> read = new ArrayList<>();
    int number = 0;
    try {
      for (String line : file.split("\r?\n", -1)) {
        number++;
        if (!line.isBlank() && !line.startsWith("#")) {
          read.add(landmark(line));
        }
      }
      return new Reading.Read<>(new Landmarks(read));
    } catch (IllegalArgumentException refused) {
      return new Reading.Unreadable<>("landmarks, line " + number + ": " + refused.getMessage());
    }
  }

  private static Landmark landmark(String line) {
    String[] parts = line.strip().split("[ \t]+", PARTS);
    if (parts.length != PARTS || !parts[0].equals("landmark")) {
      throw new IllegalArgumentException(
          "write landmark, its key, latitude, longitude and legal person");
    }
    return new Landmark(
        NoteKey.parse(parts[1]).orThrow(), new LegalPerson(parts[4]), place(parts[2], parts[3]));
  }

  private static Place place(String latitude, String longitude) {
    try {
      return new Place(Double.parseDouble(latitude), Double.parseDouble(longitude));
    } catch (NumberFormatException none) {
      throw new IllegalArgumentException("latitude or longitude is not a number", none);
    }
  }
}
