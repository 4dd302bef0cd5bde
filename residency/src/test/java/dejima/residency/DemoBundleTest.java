package dejima.residency;

import static dejima.residency.Confidentiality.C1;
import static dejima.residency.Confidentiality.C2;
import static dejima.residency.Confidentiality.C3;
import static dejima.residency.Marker.CRITICAL_INFRASTRUCTURE;
import static dejima.residency.Marker.FINANCIAL;
import static dejima.residency.Marker.MY_NUMBER;
import static dejima.residency.Marker.PERSONAL;
import static dejima.residency.Sites.AZURE;
import static dejima.residency.Sites.SAKURA;
import static dejima.residency.Sites.SOFTBANK;
import static dejima.residency.Sites.US_WEST;
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

class DemoBundleTest {
  private static final PolicyBundle DEMO = PolicyBundle.demo();

  @ParameterizedTest
  @MethodSource("table")
  void decidesAsTheDemoTellsIt(
      RequestFacts request, SiteFacts site, Effect effect, List<String> rules) {
    Decision decision = DEMO.decide(request, site);

    assertThat(decision.effect()).isEqualTo(effect);
    assertThat(decision.ruleIds()).isEqualTo(rules);
  }

  static Stream<Arguments> table() {
    return Stream.of(
        permit(request(C1), SAKURA, "permit-public-anywhere", "permit-declared-domestic"),
        permit(request(C1), AZURE, "permit-public-anywhere"),
        permit(request(C1), US_WEST, "permit-public-anywhere"),
        permit(request(C2), SAKURA, "permit-declared-domestic"),
        permit(request(C2), SOFTBANK, "permit-declared-domestic"),
        deny(request(C2), AZURE, "c2-needs-domestic-control"),
        deny(request(C2), US_WEST, "c2-abroad", "c2-needs-domestic-control"),
        deny(request(C2), globalSku(), "country-unknown", "c2-needs-domestic-control"),
        permit(request(C1, PERSONAL), SAKURA, "permit-declared-domestic"),
        deny(request(C1, PERSONAL), AZURE, "personal-needs-domestic-control"),
        deny(request(C1, PERSONAL), US_WEST, "personal-abroad", "personal-needs-domestic-control"),
        permit(request(C1, FINANCIAL), SAKURA, "permit-declared-domestic"),
        deny(request(C1, FINANCIAL), AZURE, "financial-needs-domestic-control"),
        deny(
            request(C1, FINANCIAL),
            US_WEST,
            "financial-abroad",
            "financial-needs-domestic-control"),
        deny(request(C3), SAKURA, "c3-never-declared"),
        deny(request(C1, MY_NUMBER), SAKURA, "my-number-never-declared"),
        deny(request(C1, CRITICAL_INFRASTRUCTURE), SAKURA, "critical-never-declared"));
  }

  @Test
  void permitsInlineMediaOnly() {
    MediaHost inline = new MediaHost("data", "");
    MediaHost fetched = new MediaHost("https", "example.jp");

    assertThat(DEMO.decide(request(C1), inline).ruleIds()).containsExactly("permit-inline-media");
    assertThat(DEMO.decide(request(C1), fetched).ruleIds()).containsExactly("media-only-inline");
  }

  @Test
  void everyRuleHitsSomethingAndNotEverything() {
    Rules.assertEachHitsAndMisses(DEMO);
  }

  @Test
  void saysThatSitesAreStandIns() {
    LocalText notice = DEMO.notice().orElseThrow();

    assertThat(notice.ja()).contains("代役", "E0");
    assertThat(notice.en()).contains("stand-ins", "E0");
  }

  private static SiteFacts globalSku() {
    return Sites.site("azure", "JP", Control.FOREIGN, EvidenceLevel.E0, "globalStandard");
  }

  private static Arguments permit(RequestFacts request, SiteFacts site, String... rules) {
    return Arguments.of(request, site, Effect.PERMIT, List.of(rules));
  }

  private static Arguments deny(RequestFacts request, SiteFacts site, String... rules) {
    return Arguments.of(request, site, Effect.DENY, List.of(rules));
  }
}
