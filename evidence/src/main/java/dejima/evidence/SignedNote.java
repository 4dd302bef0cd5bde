package dejima.evidence;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/// A text with signature lines (C2SP signed-note).
///
/// @param text the signed text, which ends in a newline
/// @param signatures at least one, no two by the same key name and key ID
public record SignedNote(String text, List<Line> signatures) {
  private static final int MAX_SIGNATURES = 64;
  private static final int MAX_BYTES = 1 << 16;
  private static final String DASH = "\u2014 ";

  /// Checks the form.
  public SignedNote {
    signatures = List.copyOf(signatures);
    if (!text.endsWith("\n") || text.chars().anyMatch(c -> c < 0x20 && c != '\n')) {
      throw new IllegalArgumentException("a note's text ends in a newline, without other controls");
    }
    if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
      throw new IllegalArgumentException("a note has 1 to " + MAX_SIGNATURES + " signatures");
    }
    var keys = new HashSet<String>();
    if (!signatures.stream().allMatch(line -> keys.add(line.name + "+" + line.keyId))) {
      throw new IllegalArgumentException("two signatures by one key");
    }
  }

  /// One signature line.
  ///
  /// @param name the key name
  /// @param keyId the key ID
  /// @param signature what follows the key ID, base64; its form depends on the key
  public record Line(String name, int keyId, String signature) {
    /// Checks name and base64.
    public Line {
      if (!NoteKey.isName(name)) {
        throw new IllegalArgumentException("not a key name");
      }
      StrictBase64.read(signature).orThrow();
    }

    /// Reads a line without its end.
    public static Reading<Line> parse(String line) {
      try {
        return new Reading.Read<>(SignedNote.line(line));
      } catch (IllegalArgumentException e) {
        return new Reading.Unreadable<>("not a signature line");
      }
    }

    /// Does the line claim to be by this key?
    public boolean isBy(NoteKey key) {
      return name.equals(key.name()) && keyId == key.id();
    }

    byte[] bytes() {
      return StrictBase64.read(signature).orThrow();
    }

    /// Is this, in truth, the key's signature of the text, in the way of the key's type?
    public boolean verifies(NoteKey key, String noteText) {
      if (!isBy(key)) {
        return false;
      }
      return key.type().cosigns()
          ? Cosignature.verifies(key, noteText, bytes())
          : key.verifies(noteText.getBytes(StandardCharsets.UTF_8), bytes());
    }

    /// The line, with its end.
    public String text() {
      byte[] bytes = bytes();
      byte[] all = ByteBuffer.allocate(4 + bytes.length).putInt(keyId).put(bytes).array();
      return DASH + name + " " + StrictBase64.text(all) + "\n";
    }
  }

  /// Signs a text.
  public static SignedNote sign(String text, Signer signer) {
    byte[] signature = signer.sign(text.getBytes(StandardCharsets.UTF_8));
    var line = new Line(signer.keyName(), signer.key().id(), StrictBase64.text(signature));
    return new SignedNote(text, List.of(line));
  }

  /// The note with its signature lines.
  public String noteText() {
    var note = new StringBuilder(text).append('\n');
    signatures.forEach(line -> note.append(line.text()));
    return note.toString();
  }

  /// The same text with further signatures, each in place of one by the same key.
  public SignedNote with(List<Line> more) {
    var lines = new ArrayList<Line>();
    for (var line : signatures) {
      if (more.stream()
          .noneMatch(other -> other.name.equals(line.name) && other.keyId == line.keyId)) {
        lines.add(line);
      }
    }
    lines.addAll(more);
    return new SignedNote(text, lines);
  }

  /// Reads a note. Stricter than C2SP in one point: no key may sign twice.
  public static Reading<SignedNote> parse(String note) {
    int blank = note.lastIndexOf("\n\n");
    if (note.length() > MAX_BYTES || blank < 0 || note.endsWith("\n\n") || !note.endsWith("\n")) {
      return new Reading.Unreadable<>("note: text, empty line and signature lines expected");
    }
    try {
      var lines = new ArrayList<Line>();
      for (String line : note.substring(blank + 2, note.length() - 1).split("\n", -1)) {
        lines.add(line(line));
      }
      return new Reading.Read<>(new SignedNote(note.substring(0, blank + 1), lines));
    } catch (IllegalArgumentException e) {
      return new Reading.Unreadable<>("note: " + e.getMessage());
    }
  }

  private static Line line(String line) {
    int space = line.lastIndexOf(' ');
    if (!line.startsWith(DASH) || space < DASH.length()) {
      throw new IllegalArgumentException("not a signature line");
    }
    byte[] all = StrictBase64.read(line.substring(space + 1)).orThrow();
    if (all.length <= 4) {
      throw new IllegalArgumentException("no signature");
    }
    return new Line(
        line.substring(DASH.length(), space),
        ByteBuffer.wrap(all).getInt(),
        StrictBase64.text(Arrays.copyOfRange(all, 4, all.length)));
  }
}
