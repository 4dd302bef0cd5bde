package dejima.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What receipts carry for their grounds.
final class CarriedTest {
  private static final Map<String, byte[]> FILES =
      Map.of("a.json", "出島".getBytes(StandardCharsets.UTF_8), "b.crl", new byte[] {(byte) 0xff, 0});

  @Test
  void keepsEveryByteOfTextsAndOthers() {
    CarriedFolder folder = CarriedFolder.of(FILES);

    CarriedFolder read = CarriedFolder.read(folder.json()).orThrow();

    assertThat(read).isEqualTo(folder);
    assertThat(read.bytes()).usingRecursiveComparison().isEqualTo(FILES);
    assertThat(folder.json().canonicalText())
        .isEqualTo("{\"a.json\":\"出島\",\"b.crl\":{\"base64\":\"/wA=\"}}");
  }

  @Test
  void namesAFolderWithoutItsSignatures() {
    CarriedFolder bare = CarriedFolder.ofTexts(Map.of("a", "1"));
    CarriedFolder signed = CarriedFolder.ofTexts(Map.of("a", "1", "signatures/x.note", "2"));

    assertThat(signed.hash()).isEqualTo(bare.hash());
    assertThat(CarriedFolder.ofTexts(Map.of("a", "2")).hash()).isNotEqualTo(bare.hash());
    assertThat(bare.hash()).isEqualTo(PolicyHash.ofBundle(Map.of("a", "1")));
  }

  @Test
  void refusesAPolicysFileBelowSignaturesThatIsNoNote() {
    assertThatThrownBy(() ->
            new Receipt.Documents(
                Map.of("signatures/x", ""), Json.array(List.of()), Optional.of(Carried.NONE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("signatures/x is no note");
  }

  @Test
  void refusesAFileInAnotherFormThanItsOne() {
    assertThatThrownBy(
            () -> new CarriedFolder(Map.of("a", Json.object().put("base64", "eA==").build())))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(CarriedFolder.read(Json.object().put("a", 1).build()))
        .isInstanceOf(Reading.Unreadable.class);
  }

  @Test
  void tellsWhatStandsUnderAnotherHash() {
    String hash = Carried.hash("x");

    assertThat(new Carried(Map.of(), Map.of(hash, "x")).isNamedRightly()).isTrue();
    assertThat(new Carried(Map.of(), Map.of(hash, "y")).isNamedRightly()).isFalse();
    CarriedFolder folder = CarriedFolder.of(FILES);
    assertThat(new Carried(Map.of(folder.hash(), folder), Map.of()).isNamedRightly()).isTrue();
    assertThat(new Carried(Map.of(hash, folder), Map.of()).isNamedRightly()).isFalse();
  }

  @FuzzTest
  void readsBackWhatItWrites(byte @NotNull [] bytes) {
    CarriedFolder folder = CarriedFolder.of(Map.of("f", bytes));

    assertThat(CarriedFolder.read(folder.json()).orThrow().bytes().get("f")).isEqualTo(bytes);
    if (Json.read(bytes) instanceof Reading.Read<Json>(Json.Obj json)) {
      assertThat(CarriedFolder.read(json)).isNotNull();
    }
  }
}
