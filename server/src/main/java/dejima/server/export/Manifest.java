package dejima.server.export;

import dejima.evidence.NoteKey;
import dejima.evidence.Reading;
import dejima.evidence.SignedNote;
import dejima.evidence.Signer;
import dejima.evidence.tree.Sha256;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What an export holds: `SHA256SUMS`, as `sha256sum -c` reads it, and `manifest.note`, in which
/// the log's key signs the hash of that file (C2SP signed-note). No note of the log reads like it:
/// a checkpoint's first line is an origin, and its second a number.
///
/// @param origin the log's name
/// @param tenant the tenant's pseudonym
/// @param created when the export was made, in ISO 8601
/// @param files how many `SHA256SUMS` lists
/// @param sums the hex SHA-256 of `SHA256SUMS`
record Manifest(String origin, String tenant, String created, long files, String sums) {
  static final String NOTE = "manifest.note";
  static final String SUMS = "SHA256SUMS";

  private static final Pattern TEXT =
      Pattern.compile(
          "dejima-export/v1\\norigin (\\S+)\\ntenant (t_[a-z0-9]{12})\\ncreated (\\S+)\\n"
              + "files (0|[1-9][0-9]{0,17})\\nsha256 ([0-9a-f]{64})\\n");
  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  (\\S+)");

  private String text() {
    return "dejima-export/v1\norigin %s\ntenant %s\ncreated %s\nfiles %d\nsha256 %s\n"
        .formatted(origin, tenant, created, files, sums);
  }

  /// Lists the files of a directory in `SHA256SUMS` and signs that.
  static void write(
      Path directory, List<String> names, String tenant, String created, Signer signer)
      throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(directory.resolve(SUMS))) {
      for (String name : names) {
        out.write(hash(directory.resolve(name)) + "  " + name + "\n");
      }
    }
    Manifest manifest =
        new Manifest(
            signer.keyName(), tenant, created, names.size(), hash(directory.resolve(SUMS)));
    byte[] signature = signer.sign(manifest.text().getBytes(StandardCharsets.UTF_8));
    SignedNote note =
        new SignedNote(
            manifest.text(),
            List.of(
                new SignedNote.Line(
                    signer.keyName(),
                    signer.key().id(),
                    Base64.getEncoder().encodeToString(signature))));
    Files.writeString(directory.resolve(NOTE), note.noteText());
  }

  /// Reads the manifest of a directory and checks it against the files: signed by one of these
  /// keys, every file as it is listed, none missing and none besides.
  static Reading<Manifest> check(Path directory, List<NoteKey> keys) throws IOException {
    Path file = directory.resolve(NOTE);
    if (!Files.isRegularFile(file) || Files.size(file) > 1 << 16) {
      return new Reading.Unreadable<>("the export has no manifest; it may be truncated");
    }
    return SignedNote.parse(Files.readString(file)).then(note -> signed(note, keys))
            instanceof Reading.Read<Manifest>(Manifest manifest)
        ? manifest.against(directory)
        : new Reading.Unreadable<>(
            "the manifest is not signed by the log's key that you gave, or was changed");
  }

  private static Reading<Manifest> signed(SignedNote note, List<NoteKey> keys) {
    byte[] text = note.text().getBytes(StandardCharsets.UTF_8);
    Matcher fields = TEXT.matcher(note.text());
    if (!fields.matches()) {
      return new Reading.Unreadable<>("not a manifest");
    }
    Manifest manifest =
        new Manifest(
            fields.group(1),
            fields.group(2),
            fields.group(3),
            Long.parseLong(fields.group(4)),
            fields.group(5));
    boolean genuine =
        keys.stream()
            .filter(key -> key.name().equals(manifest.origin()))
            .anyMatch(key ->
                note.signatures().stream()
                    .filter(line -> line.name().equals(key.name()) && line.keyId() == key.id())
                    .anyMatch(
                        line -> key.verifies(text, Base64.getDecoder().decode(line.signature()))));
    return genuine
        ? new Reading.Read<>(manifest)
        : new Reading.Unreadable<>("not signed by the log's key");
  }

  private Reading<Manifest> against(Path directory) throws IOException {
    Path list = directory.resolve(SUMS);
    if (!Files.isRegularFile(list) || !hash(list).equals(sums)) {
      return new Reading.Unreadable<>("SHA256SUMS is not the one that was signed");
    }
    Set<String> named = new HashSet<>();
    try (BufferedReader lines = Files.newBufferedReader(list)) {
      for (Optional<String> line = next(lines); line.isPresent(); line = next(lines)) {
        Matcher entry = LINE.matcher(line.get());
        if (!entry.matches() || !named.add(entry.group(2))) {
          return new Reading.Unreadable<>("SHA256SUMS is malformed");
        }
        Path file = directory.resolve(entry.group(2)).normalize();
        if (!file.startsWith(directory) || !Files.isRegularFile(file)) {
          return new Reading.Unreadable<>(entry.group(2) + " is missing");
        }
        if (!hash(file).equals(entry.group(1))) {
          return new Reading.Unreadable<>(entry.group(2) + " is not as it was exported");
        }
      }
    }
    try (Stream<Path> all = Files.walk(directory)) {
      long there = all.filter(Files::isRegularFile).count();
      return named.size() == files && there == files + 2
          ? new Reading.Read<>(this)
          : new Reading.Unreadable<>("the export holds files that nobody signed");
    }
  }

  private static Optional<String> next(BufferedReader lines) throws IOException {
    return Optional.ofNullable(lines.readLine());
  }

  /// The lower-case hex SHA-256 of a file.
  static String hash(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest sha = Sha256.digest();
      byte[] buffer = new byte[64 << 10];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        sha.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(sha.digest());
    }
  }
}
