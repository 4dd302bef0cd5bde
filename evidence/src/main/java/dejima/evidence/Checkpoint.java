package dejima.evidence;

import java.util.Arrays;

/// A tree head as C2SP tlog-checkpoint writes it: the text of a signed note.
///
/// @param origin the log
/// @param size number of entries
/// @param root SHA-256 root hash, base64
public record Checkpoint(String origin, long size, String root) {

  /// Checks each line's form.
  public Checkpoint {
    if (origin.isEmpty() || origin.chars().anyMatch(c -> c < 0x20)) {
      throw new IllegalArgumentException("checkpoint: bad origin");
    }
    if (size < 0) {
      throw new IllegalArgumentException("checkpoint: negative size");
    }
    StrictBase64.read(root, 32).orThrow();
  }

  Checkpoint(String origin, long size, byte[] root) {
    this(origin, size, StrictBase64.text(root));
  }

  /// The root hash, 32 bytes.
  public byte[] rootBytes() {
    return StrictBase64.read(root, 32).orThrow();
  }

  /// The three lines.
  public String text() {
    return origin + "\n" + size + "\n" + root + "\n";
  }

  SignedNote signed(Signer signer) {
    return SignedNote.sign(text(), signer);
  }

  /// Reads a note's text. Extension lines are refused: nobody audits them.
  public static Reading<Checkpoint> parse(String noteText) {
    String[] lines = noteText.split("\n", -1);
    if (lines.length != 4) {
      return new Reading.Unreadable<>("checkpoint: three lines expected");
    }
    return parse(noteText, lines);
  }

  /// Reads the first three lines of a note's text, as a witness or monitor of any log does: what
  /// the log says in extension lines, none of them empty, is passed over.
  public static Reading<Checkpoint> parseExtended(String noteText) {
    String[] lines = noteText.split("\n", -1);
    int last = lines.length - 1;
    if (last < 3 || !lines[last].isEmpty()) {
      return new Reading.Unreadable<>("checkpoint: at least three lines expected");
    }
    if (Arrays.stream(lines, 3, last).anyMatch(String::isEmpty)) {
      return new Reading.Unreadable<>("checkpoint: an empty line");
    }
    return parse(lines[0] + "\n" + lines[1] + "\n" + lines[2] + "\n", lines);
  }

  private static Reading<Checkpoint> parse(String noteText, String[] lines) {
    try {
      var checkpoint = new Checkpoint(lines[0], Long.parseLong(lines[1]), lines[2]);
      return checkpoint.text().equals(noteText)
          ? new Reading.Read<>(checkpoint)
          : new Reading.Unreadable<>("checkpoint: not in its one form");
    } catch (IllegalArgumentException e) {
      return new Reading.Unreadable<>("checkpoint: a line has the wrong form");
    }
  }
}
