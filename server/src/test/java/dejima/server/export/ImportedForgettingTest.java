package dejima.server.export;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.evidence.RequestIds;
import dejima.server.Specimen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImportedForgettingTest {
  @TempDir private Path data;

  private Path receipt(String id) throws IOException {
    Path day =
        Files.createDirectories(
            data.resolve("imported/from-example.jp/t_abcdefghijkl/receipts/2026-11-21"));
    return Files.writeString(day.resolve(id + ".txt"), "a receipt");
  }

  private static String at(String moment) {
    return new RequestIds(InstantSource.fixed(Instant.parse(moment)), new Random(2)).next();
  }

  @Test
  void deletesOneImportedReceiptAndNoOther() throws IOException {
    var ids = Specimen.ids();
    String id = ids.next();
    Path meant = receipt(id);
    Path other = receipt(ids.next());
    var imported = new ImportedReceipts(data);

    assertThat(imported.forgetOne(id)).isTrue();

    assertThat(meant).doesNotExist();
    assertThat(other).exists();
    assertThat(imported.forgetOne(id)).isFalse();
    assertThat(imported.forgetOne("../../lock")).isFalse();
  }

  @Test
  void findsNothingWhereNothingWasImported() {
    assertThat(new ImportedReceipts(data).forgetOne(Specimen.ids().next())).isFalse();
  }

  @Test
  void deletesWhatIsOlderAndTheSaltKeysThatCameAlong() throws IOException {
    String early = at("2026-11-01T00:00:00Z");
    String late = at("2026-11-20T00:00:00Z");
    Path older = receipt(early);
    Path newer = receipt(late);
    Path salts = data.resolve("imported/from-example.jp/t_abcdefghijkl/salts.age");
    Files.writeString(salts, "salt keys");
    var imported = new ImportedReceipts(data);

    int deleted = imported.forgetBefore("t_abcdefghijkl", Instant.parse("2026-11-10T00:00:00Z"));

    assertThat(deleted).isEqualTo(1);
    assertThat(older).doesNotExist();
    assertThat(salts).doesNotExist();
    assertThat(newer).exists();
    assertThat(imported.forgetBefore("t_zzzzzzzzzzzz", Instant.MAX)).isZero();
  }
}
