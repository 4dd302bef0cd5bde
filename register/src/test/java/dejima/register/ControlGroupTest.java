package dejima.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/// Who is not independent of whom.
final class ControlGroupTest {
  private static Register register() {
    Map<String, String> files = Specimen.files();
    files.put("persons/operator.json", company("Operator", Specimen.held("parent", "50"), 50));
    files.put("persons/parent.json", company("Parent", Specimen.held("state", "100"), 0));
    files.put("persons/state.json", Specimen.owner("State", "JP"));
    files.put("persons/sister.json", company("Sister", Specimen.held("parent", "51"), 49));
    // 30 % held by the parent and 25 % by its other subsidiary
    files.put(
        "persons/cousin.json",
        company("Cousin", Specimen.held("parent", "30") + "," + Specimen.held("sister", "25"), 45));
    files.put(
        "persons/golden.json",
        company("Golden", "{\"person\":\"operator\",\"percent\":1,\"decisive\":true}", 99));
    files.put("persons/invested.json", company("Invested", Specimen.held("operator", "49"), 51));
    files.put("persons/minor.json", Specimen.owner("Minor holder", "JP"));
    files.put("persons/apart.json", company("Apart", Specimen.held("minor", "100"), 0));
    return Specimen.register(files);
  }

  private static String company(String name, String holdings, int dispersed) {
    return Specimen.company(
        name,
        "JP",
        dispersed == 0
            ? holdings
            : holdings + ",{\"dispersed\":true,\"percent\":" + dispersed + "}");
  }

  @Test
  void holdsParentsSubsidiariesAndSisters() {
    assertThat(register().affiliates("operator"))
        .containsExactlyInAnyOrder("Operator", "Parent", "State", "Sister", "Cousin", "Golden");
  }

  @Test
  void leavesTheIndependentAlone() {
    assertThat(register().affiliates("apart")).containsExactlyInAnyOrder("Apart", "Minor holder");
    assertThat(register().affiliates("invested")).containsExactly("Invested");
    assertThat(register().affiliates("nobody")).isEmpty();
  }

  /// An owner whom the register named until yesterday has not become independent over night.
  @Test
  void remembersTiesThatHaveExpired() {
    Register register =
        Specimen.with(
            "persons/operator.json",
            "{\"name\":\"Operator\",\"owners\":%s}"
                .formatted(
                    Specimen.fact(
                        "{\"holdings\":[" + Specimen.held("holder", "100") + "]}",
                        "2020-01-01",
                        "2020-12-31")));

    assertThat(register.affiliates("operator")).containsExactlyInAnyOrder("Operator", "Hanako");
  }
}
