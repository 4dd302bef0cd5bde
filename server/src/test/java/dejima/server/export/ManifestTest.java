package dejima.server.export;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.evidence.NoteKey;
import dejima.evidence.NoteSecret;
import dejima.evidence.Reading;
import dejima.evidence.Signer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ManifestTest {
  private static final Signer SIGNER =
      Signer.ed25519(NoteSecret.generate("example.jp/log", new Random(1)));
  private static final List<NoteKey> KEYS = List.of(SIGNER.key());

  @TempDir private Path directory;

  @BeforeEach
  void write() throws IOException {
    Files.createDirectories(directory.resolve("receipts"));
    Files.writeString(directory.resolve("tenant.json"), "{}");
    Files.writeString(directory.resolve("receipts/a.txt"), "receipt");
    Manifest.write(
        directory,
        List.of("receipts/a.txt", "tenant.json"),
        "t_abcdefghjkmn",
        "2026-11-21T00:00:00Z",
        SIGNER);
  }

  private void assertRefused(List<NoteKey> keys, String because) throws IOException {
    assertThat(Manifest.check(directory, keys))
        .isInstanceOfSatisfying(
            Reading.Unreadable.class, refused -> assertThat(refused.reason()).contains(because));
  }

  private void replace(String file, String before, String after) throws IOException {
    Path path = directory.resolve(file);
    String text = Files.readString(path);
    assertThat(text).contains(before);
    Files.writeString(path, text.replace(before, after));
  }

  @Test
  void acceptsWhatItSigned() throws IOException {
    Manifest manifest = Manifest.check(directory, KEYS).orThrow();

    assertThat(manifest.tenant()).isEqualTo("t_abcdefghjkmn");
    assertThat(manifest.origin()).isEqualTo("example.jp/log");
    assertThat(manifest.files()).isEqualTo(2);
  }

  @Test
  void refusesAnotherKeyEvenOfTheSameName() throws IOException {
    Signer other = Signer.ed25519(NoteSecret.generate("example.jp/log", new Random(2)));

    assertRefused(List.of(other.key()), "not signed by the log's key");
    assertRefused(List.of(), "not signed by the log's key");
  }

  @Test
  void refusesAChangedNote() throws IOException {
    replace(Manifest.NOTE, "t_abcdefghjkmn", "t_abcdefghjkmm");

    assertRefused(KEYS, "not signed");
  }

  @Test
  void refusesAChangedFile() throws IOException {
    replace("receipts/a.txt", "receipt", "receipT");

    assertRefused(KEYS, "receipts/a.txt is not as it was exported");
  }

  @Test
  void refusesAChangedList() throws IOException {
    replace(Manifest.SUMS, "tenant.json", "tenant.jsom");

    assertRefused(KEYS, "SHA256SUMS is not the one");
  }

  @Test
  void refusesAMissingFileAndOneTooMany() throws IOException {
    Files.writeString(directory.resolve("receipts/b.txt"), "smuggled");
    assertRefused(KEYS, "nobody signed");
    Files.delete(directory.resolve("receipts/b.txt"));
    Files.delete(directory.resolve("tenant.json"));
    assertRefused(KEYS, "tenant.json is missing");
  }

  @Test
  void refusesAListThatLeadsOutside() throws IOException {
    Manifest.write(
        directory,
        List.of("../" + directory.getFileName() + "/tenant.json"),
        "t_abcdefghjkmn",
        "2026-11-21T00:00:00Z",
        SIGNER);

    assertThat(Manifest.check(directory, KEYS)).isInstanceOf(Reading.Unreadable.class);
  }
}
