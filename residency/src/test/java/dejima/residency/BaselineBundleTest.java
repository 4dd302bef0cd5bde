package dejima.residency;

import static dejima.residency.Confidentiality.C1;
import static dejima.residency.Confidentiality.C2;
import static dejima.residency.Confidentiality.C3;
import static dejima.residency.Control.DOMESTIC;
import static dejima.residency.Control.FOREIGN;
import static dejima.residency.Control.UNKNOWN;
import static dejima.residency.EvidenceLevel.E0;
import static dejima.residency.EvidenceLevel.E1;
import static dejima.residency.EvidenceLevel.E2;
import static dejima.residency.EvidenceLevel.E3;
import static dejima.residency.EvidenceLevel.E4;
import static dejima.residency.Marker.CRITICAL_INFRASTRUCTURE;
import static dejima.residency.Marker.FINANCIAL;
import static dejima.residency.Marker.MY_NUMBER;
import static dejima.residency.Marker.PERSONAL;
import static dejima.residency.Sites.request;
import static org.assertj.core.api.Assertions.assertThat;

import dejima.residency.Destination.MediaHost;
import dejima.residency.Destination.SiteFacts;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BaselineBundleTest {
  private static final PolicyBundle BASELINE = PolicyBundle.baseline();

  @ParameterizedTest
  @MethodSource("table")
  void keepsTheDefaultGates(RequestFacts request, SiteFacts site, List<String> rules) {
    Decision decision = BASELINE.decide(request, site);

    assertThat(decision.ruleIds()).isEqualTo(rules);
    assertThat(decision.permits()).isEqualTo(rules.getFirst().startsWith("permit-"));
  }

  static Stream<Arguments> table() {
    return Stream.of(
        row(request(C1), site("US", FOREIGN, E0), "c1-needs-attribution"),
        row(request(C1), site("US", FOREIGN, E1), "permit-public"),
        row(request(C2), site("JP", DOMESTIC, E1), "c2-needs-measurement"),
        row(request(C2), site("JP", FOREIGN, E2), "permit-measured"),
        row(request(C2), site("US", FOREIGN, E4), "c2-abroad"),
        row(request(C2), site("ZZ", DOMESTIC, E4), "country-unknown"),
        row(request(C1, PERSONAL), site("JP", FOREIGN, E1), "personal-needs-measurement"),
        row(request(C1, PERSONAL), site("JP", FOREIGN, E2), "permit-measured"),
        row(request(C1, PERSONAL), site("US", FOREIGN, E2), "personal-abroad"),
        row(request(C1, FINANCIAL), site("JP", FOREIGN, E1), "financial-needs-measurement"),
        row(request(C1, FINANCIAL), site("US", FOREIGN, E2), "financial-abroad"),
        row(request(C3), site("JP", DOMESTIC, E2), "c3-needs-attestation"),
        row(request(C3), site("JP", DOMESTIC, E3), "permit-attested"),
        row(request(C3), site("JP", FOREIGN, E3), "c3-needs-domestic-control"),
        row(request(C3), site("JP", UNKNOWN, E3), "c3-needs-domestic-control"),
        row(request(C3), site("JP", FOREIGN, E4), "permit-attested"),
        row(request(C1, MY_NUMBER), site("JP", DOMESTIC, E2), "my-number-needs-attestation"),
        row(request(C1, MY_NUMBER), site("JP", FOREIGN, E3), "my-number-needs-domestic-control"),
        row(request(C1, MY_NUMBER), site("US", DOMESTIC, E3), "my-number-abroad"),
        row(
            request(C1, CRITICAL_INFRASTRUCTURE),
            site("JP", DOMESTIC, E2),
            "critical-needs-attestation"),
        row(
            request(C1, CRITICAL_INFRASTRUCTURE),
            site("JP", FOREIGN, E3),
            "critical-needs-domestic-control"),
        row(request(C1, CRITICAL_INFRASTRUCTURE), site("US", DOMESTIC, E3), "critical-abroad"));
  }

  @Test
  void permitsInlineMediaOnly() {
    MediaHost inline = new MediaHost("data", "");
    MediaHost fetched = new MediaHost("https", "example.jp");

    assertThat(BASELINE.decide(request(C3), inline).ruleIds())
        .containsExactly("permit-inline-media");
    assertThat(BASELINE.decide(request(C1), fetched).ruleIds())
        .containsExactly("media-only-inline");
  }

  @Test
  void everyRuleHitsSomethingAndNotEverything() {
    Rules.assertEachHitsAndMisses(BASELINE);
  }

  @Test
  void raisingTheClassNeverTurnsADenialIntoAPermit() {
    for (DataClass lower : Rules.allClasses()) {
      for (DataClass other : Rules.allClasses()) {
        for (Destination destination : Rules.allDestinations()) {
          boolean raised = BASELINE.decide(request(lower.join(other)), destination).permits();
          assertThat(!raised || BASELINE.decide(request(lower), destination).permits())
              .as("%s %s %s", lower, other, destination)
              .isTrue();
        }
      }
    }
  }

  private static SiteFacts site(String country, Control control, EvidenceLevel evidence) {
    return Sites.site("site", country, control, evidence, "");
  }

  private static Arguments row(RequestFacts request, SiteFacts site, String... rules) {
    return Arguments.of(request, site, List.of(rules));
  }
}
