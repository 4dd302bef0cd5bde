package dejima.server.export;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.server.Specimen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
