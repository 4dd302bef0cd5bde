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
import static dejima.residency.Marker.LOCAL_3A;
import static dejima.residency.Marker.LOCAL_3B;
import static dejima.residency.Marker.LOCAL_3C;
import static dejima.residency.Marker.MY_NUMBER;
import static dejima.residency.Marker.PERSONAL;
import static dejima.residency.Sites.request;
import static org.assertj.core.api.Assertions.assertThat;

import dejima.residency.Destination.MediaHost;
import dejima.residency.Destination.Sink;
import dejima.residency.Destination.SinkKind;
import dejima.residency.Destination.SiteFacts;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BaselineBundleTest {
  private static final PolicyBundle BASELINE = PolicyBundle.baseline();

  @ParameterizedTest
  @MethodSource("table")
  void keepsTheDefaultGates(DataClass dataClass, SiteFacts site, List<String> rules) {
    Decision decision = BASELINE.decide(Sites.grounded(dataClass), Sites.assured(site));

    assertThat(decision.ruleIds()).isEqualTo(rules);
    assertThat(decision.permits()).isEqualTo(rules.getFirst().startsWith("permit-"));
  }

  static Stream<Arguments> table() {
    return Stream.of(
        row(of(C1), site("US", FOREIGN, E0), "c1-needs-attribution"),
        row(of(C1), site("US", FOREIGN, E1), "permit-public"),
        row(of(C2), site("JP", DOMESTIC, E1), "c2-needs-measurement"),
        row(of(C2), site("JP", FOREIGN, E2), "permit-measured"),
        row(of(C2), site("US", FOREIGN, E4), "c2-abroad"),
        row(of(C2), site("ZZ", DOMESTIC, E4), "country-unknown"),
        row(of(C1, PERSONAL), site("JP", FOREIGN, E1), "personal-needs-measurement"),
        row(of(C1, PERSONAL), site("JP", FOREIGN, E2), "permit-measured"),
        row(of(C1, PERSONAL), site("US", FOREIGN, E1), "permit-transfer-abroad"),
        row(of(C2, PERSONAL), site("US", FOREIGN, E2), "c2-abroad"),
        row(of(C1, FINANCIAL), site("JP", FOREIGN, E1), "financial-needs-measurement"),
        row(of(C1, FINANCIAL), site("US", FOREIGN, E2), "financial-abroad"),
        row(of(C3), site("JP", DOMESTIC, E2), "c3-needs-attestation"),
        row(of(C3), site("JP", DOMESTIC, E3), "permit-attested"),
        row(of(C3), site("JP", FOREIGN, E3), "c3-needs-domestic-control"),
        row(of(C3), site("JP", UNKNOWN, E3), "c3-needs-domestic-control"),
        row(of(C3), site("JP", FOREIGN, E4), "permit-attested"),
        row(of(C1, MY_NUMBER), site("JP", DOMESTIC, E2), "my-number-needs-attestation"),
        row(of(C1, MY_NUMBER), site("JP", FOREIGN, E3), "my-number-needs-domestic-control"),
        row(of(C1, MY_NUMBER), site("US", DOMESTIC, E3), "my-number-abroad"),
        row(
            of(C1, CRITICAL_INFRASTRUCTURE),
            site("JP", DOMESTIC, E2),
            "critical-needs-attestation"),
        row(
            of(C1, CRITICAL_INFRASTRUCTURE),
            site("JP", FOREIGN, E3),
            "critical-needs-domestic-control"),
        row(of(C1, CRITICAL_INFRASTRUCTURE), site("US", DOMESTIC, E3), "critical-abroad"),
        row(of(C2, LOCAL_3C), site("JP", FOREIGN, E2), "permit-measured"),
        row(
            of(C2, LOCAL_3C),
            site("JP", FOREIGN, E1),
            "c2-needs-measurement",
            "local-3c-needs-measurement"),
        row(of(C1, LOCAL_3B), site("JP", DOMESTIC, E2), "local-3ab-needs-attestation"),
        row(of(C1, LOCAL_3A), site("JP", FOREIGN, E3), "local-3ab-needs-domestic-control"),
        row(of(C1, LOCAL_3A), site("US", DOMESTIC, E3), "local-abroad"));
  }

  /// What the register, the landmarks and the client have to say before a measured site in Japan
  /// under domestic control may be used.
  @ParameterizedTest
  @MethodSource("lacking")
  void asksForWhatTheLawsAskFor(RequestFacts request, SiteFacts site, List<String> rules) {
    assertThat(BASELINE.decide(request, site).ruleIds()).isEqualTo(rules);
  }

  static Stream<Arguments> lacking() {
    SiteFacts attested = site("JP", DOMESTIC, E3);
    SiteFacts assured = Sites.assured(attested);
    Assurances unlisted = new Assurances(Set.of(), true, true);
    Assurances foreignLaw = new Assurances(EnumSet.allOf(Certification.class), false, true);
    Assurances maintainedAbroad = new Assurances(EnumSet.allOf(Certification.class), true, false);
    return Stream.of(
        lacking(Sites.grounded(of(C2)), assured.assured(unlisted), "c2-needs-ismap"),
        lacking(Sites.grounded(of(C2)), assured.assured(foreignLaw), "needs-japanese-law"),
        lacking(Sites.grounded(of(C2)), assured.locatedBefore(11), "location-stale"),
        lacking(Sites.request(of(C2)), assured, "third-party-calls"),
        lacking(
            Sites.grounded(of(C1, FINANCIAL)), assured.assured(unlisted), "financial-needs-fisc"),
        lacking(Sites.grounded(of(C3)), assured.serving(false), "model-unverified"),
        lacking(
            Sites.grounded(of(C1, CRITICAL_INFRASTRUCTURE)),
            assured.assured(maintainedAbroad),
            "critical-needs-domestic-maintenance"),
        lacking(
            Sites.request(of(C1, MY_NUMBER)),
            assured,
            "third-party-calls",
            "model-unverified",
            "my-number-needs-task",
            "my-number-needs-subcontracting"),
        lacking(
            Sites.request(of(C1, PERSONAL)),
            Sites.assured(site("US", FOREIGN, E1)),
            "personal-abroad",
            "third-party-calls"));
  }

  @Test
  void believesNoAdequacyDecisionThatThereIsNot() {
    LegalGrounds adequate = new LegalGrounds("", "", TransferBasis.ADEQUATE);
    RequestFacts grounded = Sites.grounded(of(C1, PERSONAL));
    RequestFacts request =
        new RequestFacts(
            grounded.dataClass(), "t", "p", "m", RequestKind.CHAT, adequate, grounded.modelFacts());

    assertThat(BASELINE.decide(request, site("DE", FOREIGN, E1)).permits()).isTrue();
    assertThat(BASELINE.decide(request, site("US", FOREIGN, E1)).ruleIds())
        .containsExactly("personal-abroad");
  }

  @Test
  void letsSinksHaveOnlyWhatStaysAtHome() {
    Sink here = new Sink(SinkKind.TELEMETRY, "", Country.UNKNOWN, UNKNOWN);
    Sink home = new Sink(SinkKind.DATABASE, "db.example.jp", Country.JAPAN, DOMESTIC);
    Sink abroad = new Sink(SinkKind.TELEMETRY, "otel.example", new Country("US"), FOREIGN);

    assertThat(BASELINE.decide(request(C2), here).permits()).isTrue();
    assertThat(BASELINE.decide(request(C2), home).permits()).isTrue();
    assertThat(BASELINE.decide(request(C2), abroad).ruleIds())
        .containsExactly("sink-abroad", "sink-foreign-control");
    assertThat(BASELINE.decide(request(C3), here).ruleIds())
        .containsExactly("telemetry-and-support-never");
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

  /// Every raise is a row of single steps.
  @Test
  void raisingTheClassNeverTurnsADenialIntoAPermit() {
    List<DataClass> steps = new ArrayList<>(List.of(of(C2), of(C3)));
    Stream.of(Marker.values()).map(marker -> of(C1, marker)).forEach(steps::add);
    for (DataClass lower : Rules.allClasses()) {
      for (Destination destination : Rules.allDestinations()) {
        if (!BASELINE.decide(Sites.grounded(lower), destination).permits()) {
          for (DataClass step : steps) {
            assertThat(BASELINE.decide(Sites.grounded(lower.join(step)), destination).permits())
                .as("%s %s %s", lower, step, destination)
                .isFalse();
          }
        }
      }
    }
  }

  private static DataClass of(Confidentiality level, Marker... markers) {
    return new DataClass(level, Set.of(markers));
  }

  private static Arguments lacking(RequestFacts request, SiteFacts site, String... rules) {
    return Arguments.of(request, site, List.of(rules));
  }

  private static SiteFacts site(String country, Control control, EvidenceLevel evidence) {
    return Sites.site("site", country, control, evidence, "");
  }

  private static Arguments row(DataClass request, SiteFacts site, String... rules) {
    return Arguments.of(request, site, List.of(rules));
  }
}
