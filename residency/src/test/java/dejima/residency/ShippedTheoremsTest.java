package dejima.residency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShippedTheoremsTest {
  private static final PolicyProver PROVER = new PolicyProver();

  static Stream<PolicyBundle> shipped() {
    return Stream.of(PolicyBundle.baseline(), PolicyBundle.demo());
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void provesEveryTheoremAndNoneOfThemIsVacuous(PolicyBundle bundle) {
    assertThat(bundle.theorems()).hasSizeGreaterThan(3);
    assertThat(PROVER.proveAll(bundle))
        .allSatisfy(proof -> assertThat(proof).isEqualTo(new Proof.Proved(proof.theorem(), false)));
    assertThat(PROVER.permitted(bundle)).isInstanceOf(Search.Found.class);
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void saysOfEveryTheoremWhoReviewedItAndWhereItIs(PolicyBundle bundle) {
    assertThat(bundle.theorems())
        .allSatisfy(theorem -> {
          assertThat(theorem.reviewed()).isEqualTo("to be checked by counsel");
          assertThat(theorem.file()).matches("theorems/\\d{3}-" + theorem.id() + "\\.cel");
          assertThat(theorem.basis().ja()).isNotBlank();
        });
  }

  /// Taking any of these rules away is noticed, and by a situation in which that rule decided.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "c2-needs-ismap",
        "needs-japanese-law",
        "financial-needs-fisc",
        "third-party-calls",
        "location-stale",
        "personal-abroad",
        "my-number-needs-task",
        "critical-needs-domestic-maintenance",
        "permit-public",
        "permit-measured",
      })
  void theoremsGuardTheRulesThatMatterMost(String rule) {
    PolicyBundle baseline = PolicyBundle.baseline();
    Map<String, String> files = new TreeMap<>(baseline.files());
    files.keySet().removeIf(path -> path.endsWith("-" + rule + ".cel"));
    PolicyBundle without = Bundles.loaded(files);

    Proof.Broken broken =
        without.theorems().stream()
            .map(theorem -> PROVER.prove(without, theorem))
            .filter(Proof.Broken.class::isInstance)
            .map(Proof.Broken.class::cast)
            .findFirst()
            .orElseThrow();

    Situation situation = broken.situation();
    assertThat(baseline.decide(situation.request(), situation.destination()).ruleIds())
        .contains(rule);
  }
}
