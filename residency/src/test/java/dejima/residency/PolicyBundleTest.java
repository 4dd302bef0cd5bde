package dejima.residency;

import static dejima.residency.Bundles.files;
import static dejima.residency.Bundles.loaded;
import static dejima.residency.Bundles.rule;
import static dejima.residency.Sites.AZURE;
import static dejima.residency.Sites.SAKURA;
import static dejima.residency.Sites.US_WEST;
import static dejima.residency.Sites.request;
import static org.assertj.core.api.Assertions.assertThat;

import dejima.residency.Destination.SiteFacts;
import dejima.residency.cel.Facts;
import dejima.residency.cel.Interpreter;
import dejima.residency.cel.Interpreter.Outcome;
import dejima.residency.cel.RandomExpressions;
import dev.cel.runtime.CelRuntime;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyBundleTest {
  private static final RequestFacts REQUEST = request(DataClass.UNLABELLED);

  @Test
  void deniesWhatNothingPermits() {
    PolicyBundle bundle = bundle(rule("a", "permit", "request.personal"));

    Decision decision = bundle.decide(REQUEST, SAKURA);

    assertThat(decision.effect()).isEqualTo(Effect.DENY);
    assertThat(decision.ruleIds()).containsExactly("default-deny");
  }

  @Test
  void letsOneForbiddingRuleOutweighAllPermittingOnes() {
    PolicyBundle bundle =
        bundle(
            rule("a", "permit", "true"),
            rule("b", "forbid", "true"),
            rule("c", "forbid", "destination.country == 'JP'"));

    Decision decision = bundle.decide(REQUEST, SAKURA);

    assertThat(decision.effect()).isEqualTo(Effect.DENY);
    assertThat(decision.ruleIds()).containsExactly("b", "c");
    assertThat(decision.remedy()).isEqualTo(new LocalText("対処", "remedy"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"forbid", "permit"})
  void deniesWhenARuleCannotBeEvaluated(String effect) {
    PolicyBundle bundle =
        bundle(
            rule("a", "permit", "true"),
            rule("b", effect, "1 / (request.confidentiality - 2) > 0"));

    Decision decision = bundle.decide(REQUEST, SAKURA);

    assertThat(decision.effect()).isEqualTo(Effect.DENY);
    assertThat(decision.ruleIds()).containsExactly("evaluation-error");
    assertThat(decision.reason().en()).contains("rule b");
  }

  @Test
  void decidesEachSiteInTheOrderGiven() {
    PolicyBundle bundle = bundle(rule("a", "permit", "destination.control == 'domestic'"));

    List<SiteDecision> decisions = bundle.decideAll(REQUEST, List.of(US_WEST, SAKURA, AZURE));

    assertThat(decisions).extracting(SiteDecision::site).containsExactly(US_WEST, SAKURA, AZURE);
    assertThat(decisions)
        .extracting(each -> each.decision().permits())
        .containsExactly(false, true, false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"GlobalStandard", "globalBatch", "DataZoneStandard", "DATAZONEProvisioned"})
  void countsRoamingDeploymentsAsUnknownCountry(String sku) {
    SiteFacts site = Sites.site("azure", "JP", Control.FOREIGN, EvidenceLevel.E2, sku);

    assertThat(site.country()).isEqualTo(Country.UNKNOWN);
    assertThat(site.declaredCountry()).isEqualTo(Country.JAPAN);
    assertThat(bundle(rule("a", "permit", "destination.country == 'ZZ'")).decide(REQUEST, site))
        .matches(Decision::permits);
  }

  @Test
  void hashesPathsLengthsAndBytesButNoSignatures() throws Exception {
    Map<String, String> files = new TreeMap<>(Bundles.permissive());
    String text = Bundles.theorem("t", "true // 定理");
    files.put("theorems/t.cel", text);
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    byte[] theorem = ("theorems/t.cel\0" + length + "\0" + text).getBytes(StandardCharsets.UTF_8);

    PolicyBundle bundle = loaded(files);
    files.put("signatures/a.sig", "x");
    PolicyBundle signed = loaded(files);

    assertThat(bundle.theoremsHash()).isEqualTo(sha256(theorem));
    assertThat(signed.hash()).isEqualTo(bundle.hash());
    assertThat(signed.files()).isEqualTo(bundle.files()).doesNotContainKey("signatures/a.sig");
    assertThat(loaded(signed.files()).hash()).isEqualTo(bundle.hash());
    assertThat(loaded(Bundles.permissive()).theoremsHash()).isEqualTo(sha256(new byte[0]));
    assertThat(loaded(Bundles.permissive()).hash()).isNotEqualTo(bundle.hash());
  }

  @Test
  void neverPermitsWhereTheInterpreterFindsAForbidOrNoPermit() {
    SplittableRandom random = new SplittableRandom(39);
    RandomExpressions expressions = new RandomExpressions(random);
    Interpreter interpreter = new Interpreter();
    int permitted = 0;

    for (int i = 0; i < 200; i++) {
      List<String> texts = new ArrayList<>();
      List<CelRuntime.Program> programs = new ArrayList<>();
      for (int r = 0; r < 1 + i % 6; r++) {
        texts.add(expressions.flag(1 + random.nextInt(3)));
        programs.add(interpreter.program(texts.getLast()));
      }
      PolicyBundle bundle = randomBundle(texts);
      for (DataClass dataClass : Rules.allClasses()) {
        for (SiteFacts site : List.of(SAKURA, AZURE, US_WEST)) {
          Facts facts = new Facts(FactsOf.request(request(dataClass)), FactsOf.destination(site));
          boolean actual = bundle.decide(request(dataClass), site).permits();
          assertThat(actual)
              .as("%s %s %s", texts, dataClass, site)
              .isEqualTo(permits(programs, facts));
          permitted += actual ? 1 : 0;
        }
      }
    }

    assertThat(permitted).isGreaterThan(500);
  }

  /// Rules with an even number permit, the others forbid.
  private static PolicyBundle randomBundle(List<String> texts) {
    String[] rules = new String[texts.size()];
    for (int i = 0; i < rules.length; i++) {
      rules[i] = rule("r" + i, i % 2 == 0 ? "permit" : "forbid", texts.get(i));
    }
    return bundle(rules);
  }

  private static boolean permits(List<CelRuntime.Program> programs, Facts facts) {
    boolean permit = false;
    for (int i = 0; i < programs.size(); i++) {
      Outcome outcome = Interpreter.outcome(programs.get(i), facts);
      if (outcome == Outcome.ERROR || (outcome == Outcome.TRUE && i % 2 == 1)) {
        return false;
      }
      permit |= outcome == Outcome.TRUE;
    }
    return permit;
  }

  private static PolicyBundle bundle(String... rules) {
    Map<String, String> files = new TreeMap<>();
    for (int i = 0; i < rules.length; i++) {
      files.put("rules/" + i + ".cel", rules[i]);
    }
    return loaded(files(files));
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @Test
  void sendsNothingToASiteThatContradictsItsRegistration() {
    Destination.SiteFacts site =
        Sites.site("s", "JP", Control.DOMESTIC, EvidenceLevel.E4, "")
            .at(EvidenceLevel.CONTRADICTED);

    for (DataClass dataClass : Rules.allClasses()) {
      for (PolicyBundle bundle : List.of(PolicyBundle.baseline(), PolicyBundle.demo())) {
        Decision decision = bundle.decide(Sites.request(dataClass), site);
        assertThat(decision.permits()).isFalse();
        assertThat(decision.ruleIds()).containsExactly("site-contradicted");
      }
    }
    assertThat(
            PolicyBundle.none()
                .decide(Sites.request(Rules.allClasses().getFirst()), site)
                .ruleIds())
        .containsExactly("no-policy");
  }
}
