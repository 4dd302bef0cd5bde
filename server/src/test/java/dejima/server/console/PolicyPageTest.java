package dejima.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.residency.LocalText;
import dejima.residency.PolicyBundle;
import dejima.residency.Problem;
import dejima.residency.Proof;
import dejima.residency.Theorem;
import dejima.server.policy.PolicyGate;
import dejima.server.policy.TimedProof;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PolicyPageTest {
  private static final PolicyBundle POLICY = PolicyBundle.baseline();
  private static final Theorem THEOREM =
      new Theorem(
          "stays-home",
          new LocalText("国外に出ない", "never leaves <Japan>"),
          new LocalText("番号法", "My Number Act"),
          "counsel",
          "!permitted",
          "theorems/stays-home.cel");

  @ParameterizedTest
  @EnumSource
  void showsForEveryClassAndSiteTheRulesThatDecided(Language language) {
    String page = draw(language, PolicyStanding.NONE);
    Matcher cells = Pattern.compile("<td data-permit=.*?</td>").matcher(page);

    List<String> found = cells.results().map(one -> one.group()).toList();

    assertThat(found).hasSize(ClassDecision.SHOWN.size() * Examples.SITES.size());
    assertThat(found).allMatch(cell -> cell.contains("href=\"#rule-"));
    ClassDecision.all(POLICY, Examples.WEST)
        .forEach(decided ->
            assertThat(page)
                .contains(
                    Html.escaped(language.of(decided.decision().deciding().getFirst().title()))
                        .text())
                .contains("#rule-" + decided.decision().ruleIds().getFirst()));
  }

  @Test
  void explainsEveryRuleWithItsBasisAndWhoReviewedIt() {
    String page = draw(Language.EN, PolicyStanding.NONE);

    POLICY
        .rules()
        .forEach(rule ->
            assertThat(page)
                .contains("id=\"rule-" + rule.id() + "\"")
                .contains(
                    Html.escaped(rule.basisEn()).text(), Html.escaped(rule.expression()).text()));
  }

  @Test
  void namesTheRulesThatMayDecideOtherwiseForOneTenant() {
    List<String> dependent = MatrixView.dependent(POLICY.rules());

    assertThat(POLICY.rules())
        .filteredOn(rule -> rule.expression().contains("request.statutory_task"))
        .isNotEmpty()
        .allMatch(rule -> dependent.contains(rule.id()));
    assertThat(dependent).hasSizeLessThan(POLICY.rules().size());
  }

  @Test
  void showsWhatIsProvedAndHowFast() {
    PolicyStanding standing =
        new PolicyStanding(
            List.of(proof(new Proof.Proved(THEOREM, false))),
            List.of("alice", "bob"),
            true,
            Optional.of(Examples.NOON),
            Optional.empty());

    assertThat(draw(Language.EN, standing))
        .contains("never leaves &lt;Japan&gt;", "7.5 ms", "alice, bob", "2026-11-20 12:00:00")
        .contains("<li data-state=\"proved\">");
    assertThat(draw(Language.JA, standing)).contains("国外に出ない", "証明済み");
  }

  @Test
  void showsWhyTheLastBundleDidNotComeIntoForce() {
    PolicyGate.Judgement judgement =
        new PolicyGate.Judgement(
            List.of(
                proof(new Proof.Unproved(THEOREM, "the solver gave up")),
                proof(new Proof.Proved(THEOREM, false))),
            List.of(new Problem("theorems/stays-home.cel", 1, 1, "the theorem is not proved")));
    PolicyStanding standing =
        new PolicyStanding(List.of(), List.of(), false, Optional.empty(), Optional.of(judgement));

    String page = draw(Language.EN, standing);

    assertThat(page)
        .contains("theorems/stays-home.cel:1:1: the theorem is not proved", "the solver gave up")
        .contains("<li data-state=\"unproved\">")
        .doesNotContain("<li data-state=\"proved\">");
  }

  private static TimedProof proof(Proof proof) {
    return new TimedProof(proof, Duration.ofNanos(7_450_000));
  }

  private static String draw(Language language, PolicyStanding standing) {
    return new PolicyPage(Words.in(language))
        .content(
            POLICY,
            standing,
            Examples.SITES.stream()
                .map(site -> new MatrixView.Column(site, ClassDecision.all(POLICY, site)))
                .toList())
        .main()
        .text();
  }
}
