package dejima.register;

import static dejima.register.Specimen.company;
import static dejima.register.Specimen.fact;
import static dejima.register.Specimen.held;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dejima.residency.ModelFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RegisterReaderTest {
  private static List<String> mistakes(Map<String, String> files) {
    return switch (Register.of(files)) {
      case RegisterReading.Loaded _ -> List.of();
      case RegisterReading.Rejected(var mistakes) -> mistakes.stream().map(Mistake::text).toList();
    };
  }

  private static List<String> mistakes(String path, String text) {
    Map<String, String> files = Specimen.files();
    files.put(path, text);
    return mistakes(files);
  }

  @Test
  void readsASoundRegister() {
    Register register = Specimen.register(Specimen.files());

    assertThat(register.persons()).hasSize(3);
    assertThat(register.site("ishikari-1")).isPresent();
    assertThat(register.model("example-8b", Specimen.NOW).registered()).isTrue();
    assertThat(register.model("other", Specimen.NOW)).isEqualTo(ModelFacts.UNREGISTERED);
  }

  @Test
  void namesEveryMistakeWithItsPlace() {
    Map<String, String> files = Specimen.files();
    files.put("register.json", "{\"register\":\"a b\",\"version\":0}");
    files.put("models/example.json", "{\"names\":[],\"colour\":1}");
    files.put("sites/x.json", "{\"operator\":\"ghost\"}");
    files.put("Persons/x.json", "{}");
    files.put("persons/holder.json", "{");

    assertThat(mistakes(files))
        .anyMatch(text -> text.startsWith("register.json: version: "))
        .anyMatch(text -> text.startsWith("models/example.json: names: "))
        .anyMatch(text -> text.startsWith("models/example.json: colour: is not known here"))
        .anyMatch(text -> text.startsWith("sites/x.json: operator: there is no persons/ghost.json"))
        .anyMatch(text -> text.startsWith("Persons/x.json: has no place"))
        .anyMatch(text -> text.startsWith("persons/holder.json: JSON: "));
  }

  @Test
  void refusesCyclicOwnershipAndPrintsTheCircle() {
    Map<String, String> files = Specimen.files();
    files.put("persons/operator.json", company("A", "JP", held("b", "60")));
    files.put("persons/b.json", company("B", "JP", held("c", "10")));
    files.put("persons/c.json", company("C", "JP", held("operator", "1")));

    assertThat(mistakes(files))
        .singleElement()
        .asString()
        .contains("is owned by")
        .contains("operator")
        .contains(" b ")
        .contains(" c ");
  }

  @Test
  void refusesWhoOwnsItself() {
    assertThat(mistakes("persons/operator.json", company("A", "JP", held("operator", "1"))))
        .singleElement()
        .asString()
        .contains("operator is owned by operator");
  }

  @ParameterizedTest
  @CsvSource({"60, 40.0001", "100, 1", "99.9999, 0.0002"})
  void refusesMoreThanAWhole(String first, String second) {
    assertThat(
            mistakes(
                "persons/operator.json",
                company("A", "JP", held("holder", first) + "," + held("abroad", second))))
        .singleElement()
        .asString()
        .contains("more than 100");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "100.1", "1e400", "0.00001", "\"5\"", "null"})
  void refusesAShareThatIsNone(String percent) {
    assertThat(mistakes("persons/operator.json", company("A", "JP", held("holder", percent))))
        .isNotEmpty();
  }

  private static String sited(String latitude, String longitude) {
    return Specimen.site()
        .replace("\"latitude\":43.19", "\"latitude\":" + latitude)
        .replace("\"longitude\":141.32", "\"longitude\":" + longitude);
  }

  @ParameterizedTest
  @CsvSource({
    "90, 0",
    "-90, 0",
    "90, 180",
    "0, 180",
    "0, -180",
    "-0.0, -0.0",
    "24.45, 122.93",
    "1e-300, 1e-300"
  })
  void takesEveryPlaceOnTheGlobe(String latitude, String longitude) {
    assertThat(mistakes("sites/ishikari-1.json", sited(latitude, longitude))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "90.0000001, 0",
    "-90.1, 0",
    "0, 180.0000001",
    "0, -181",
    "NaN, 0",
    "0, NaN",
    "1e999, 0",
    "Infinity, 0",
    "null, 0",
    "'\"35\"', 0",
    "0, 9e15"
  })
  void refusesEveryOther(String latitude, String longitude) {
    assertThat(mistakes("sites/ishikari-1.json", sited(latitude, longitude))).isNotEmpty();
  }

  @Test
  void refusesNotANumberWhereverItComesFrom() {
    org.assertj.core.api.Assertions.assertThatThrownBy(() ->
            new RegisteredSite.Place(
                dejima.residency.Country.JAPAN, Double.NaN, 0, "somewhere", ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "192.0.2.1/24",
        "192.0.2.0/33",
        "192.0.2/24",
        "192.0.2.0",
        "0300.0.2.0/24",
        "::/129",
        "2001:db8::1/32",
        "example.jp/24",
        "::ffff:192.0.2.0/120",
        "256.0.0.0/8",
        "fe80::%1/10"
      })
  void refusesWhatIsNoPrefix(String prefix) {
    assertThat(mistakes("sites/ishikari-1.json", Specimen.site().replace("192.0.2.0/24", prefix)))
        .isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-02-30, 2027-01-01",
    "2026-10-01, 2026-09-30",
    "20261001, 2027-01-01",
    "2026-10-01, never"
  })
  void refusesDaysThatAreNoneOrInDisorder(String date, String expires) {
    assertThat(
            mistakes(
                "persons/holder.json",
                "{\"name\":\"H\",\"country\":" + fact("\"JP\"", date, expires) + "}"))
        .isNotEmpty();
  }

  @Test
  void refusesAFactWithoutASource() {
    assertThat(
            mistakes(
                "persons/holder.json",
                "{\"name\":\"H\",\"country\":{\"value\":\"JP\",\"date\":\"2026-10-01\",\"expires\":\"2027-01-01\"}}"))
        .containsExactly("persons/holder.json: country.source: is missing");
  }

  @Test
  void refusesTheUnknownCountryAsAFact() {
    assertThat(
            mistakes("persons/holder.json", "{\"name\":\"H\",\"country\":" + fact("\"ZZ\"") + "}"))
        .isNotEmpty();
  }

  @Test
  void refusesOneNameForTwoModels() {
    assertThat(mistakes("models/other.json", Specimen.model()))
        .singleElement()
        .asString()
        .contains("is a name of models/");
  }

  @Test
  void readsADirectoryAndRefusesLinksThatLeaveIt(@TempDir Path home) throws IOException {
    Path directory = Files.createDirectory(home.resolve("register"));
    for (Map.Entry<String, String> file : Specimen.files().entrySet()) {
      Path path = directory.resolve(file.getKey());
      Files.createDirectories(path.resolveSibling(""));
      Files.writeString(path, file.getValue());
    }
    assertThat(Register.load(directory)).isInstanceOf(RegisterReading.Loaded.class);

    Path outside = Files.writeString(home.resolve("outside.json"), "{}");
    Files.createSymbolicLink(directory.resolve("persons/linked.json"), outside);

    assertThat(Register.load(directory)).isInstanceOf(RegisterReading.Rejected.class);
  }

  @Test
  void saysWhatIsWrongWithADirectoryThatIsNone(@TempDir Path home) {
    assertThat(Register.load(home.resolve("none"))).isInstanceOf(RegisterReading.Rejected.class);
  }

  @FuzzTest
  void neverThrowsWhateverAFileHolds(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    for (String path :
        List.of(
            "register.json",
            "persons/operator.json",
            "sites/ishikari-1.json",
            "models/example.json",
            "signatures/approval.note",
            text)) {
      Map<String, String> files = Specimen.files();
      files.put(path, text);
      if (Register.of(files) instanceof RegisterReading.Loaded(Register register)) {
        register.control("operator", Specimen.NOW);
        RegisterDiff.from(register);
      }
    }
  }
}
