package dejima.evidence;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// The people whose signatures put a change in force, each with one or more keys. What two of them
/// must sign is the text of a C2SP signed note.
///
/// @param keys each key with the person who holds it; a person may have several
public record Approvers(List<Approver> keys) {
  /// How many different people must sign.
  public static final int NEEDED = 2;

  /// Copies the list and refuses a key that two people claim to hold.
  public Approvers {
    keys = List.copyOf(keys);
    Set<String> seen = new HashSet<>();
    for (Approver approver : keys) {
      // The key itself, whatever name it bears: a key name is whatever its holder writes.
      if (!seen.add(StrictBase64.text(approver.key().bytes()))) {
        throw new IllegalArgumentException(
            "key "
                + approver.key().text()
                + " stands there twice; each person needs a key of their own");
      }
    }
  }

  /// A key and who holds it.
  ///
  /// @param person the name; two keys of one name are one person's
  /// @param key signs notes as an ordinary Ed25519 note key
  public record Approver(String person, NoteKey key) {
    /// Names are compared without regard to width, case and spaces.
    public Approver {
      person = person.strip();
      if (person.isEmpty()) {
        throw new IllegalArgumentException("an approver has a name");
      }
      if (key.type() != SignatureType.ED25519) {
        throw new IllegalArgumentException("an approver's key is an ordinary Ed25519 note key");
      }
    }

    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}\\p{Cf}]+");

    private String identity() {
      String normal = Normalizer.normalize(person, Normalizer.Form.NFKC);
      return SPACES.matcher(normal).replaceAll("").toLowerCase(Locale.ROOT);
    }
  }

  /// How many different people there are.
  public int people() {
    return Math.toIntExact(keys.stream().map(Approver::identity).distinct().count());
  }

  /// Whether a note is approved.
  public sealed interface Verdict {
    /// Two different people signed exactly this text.
    ///
    /// @param people who signed, in the order of their signatures
    record Approved(List<String> people) implements Verdict {
      /// Copies the list.
      public Approved {
        people = List.copyOf(people);
      }
    }

    /// It is not in force.
    ///
    /// @param reason what is missing or wrong
    record Lacking(String reason) implements Verdict {}
  }

  /// Judges a note. Signatures by unknown keys count for nothing; a known key with a wrong
  /// signature spoils the note, as C2SP demands.
  public Verdict judge(SignedNote note) {
    byte[] text = note.text().getBytes(StandardCharsets.UTF_8);
    Set<String> identities = new LinkedHashSet<>();
    List<String> people = new ArrayList<>();
    for (SignedNote.Line line : note.signatures()) {
      for (Approver approver : keys) {
        if (line.isBy(approver.key())) {
          if (!approver.key().verifies(text, line.bytes())) {
            return new Verdict.Lacking(
                "the signature of " + approver.person() + " is not over this text");
          }
          if (identities.add(approver.identity())) {
            people.add(approver.person());
          }
        }
      }
    }
    return people.size() >= NEEDED
        ? new Verdict.Approved(people)
        : new Verdict.Lacking(lacking(note, people));
  }

  private static String lacking(SignedNote note, List<String> people) {
    if (people.isEmpty()) {
      return "no known approver has signed";
    }
    String only = "only " + people.getFirst() + " has signed";
    return note.signatures().size() > 1
        ? only
            + "; further keys of the same person, or of people who are not approvers, do not count"
        : only + "; a second person must sign";
  }

  /// The first signature under a text.
  ///
  /// @throws IllegalArgumentException if the text is none that a note can hold
  public static SignedNote sign(String text, Signer signer) {
    return SignedNote.sign(text, signer);
  }

  /// Adds a signature to a note, unless its key has signed already.
  public static Reading<SignedNote> addSignature(SignedNote note, Signer signer) {
    List<SignedNote.Line> lines = new ArrayList<>(note.signatures());
    SignedNote.Line added = SignedNote.sign(note.text(), signer).signatures().getFirst();
    if (lines.stream().anyMatch(line -> line.isBy(signer.key()))) {
      return new Reading.Unreadable<>("key " + signer.keyName() + " has signed already");
    }
    lines.add(added);
    return new Reading.Read<>(new SignedNote(note.text(), lines));
  }
}
