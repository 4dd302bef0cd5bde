package dejima.residency;

import static dejima.residency.Bundles.loaded;
import static dejima.residency.Bundles.rule;
import static dejima.residency.Bundles.theorem;
import static org.assertj.core.api.Assertions.assertThat;

import dejima.residency.cel.Expression;
import dejima.residency.cel.Facts;
import dejima.residency.cel.RandomExpressions;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyProverTest {
  private static final PolicyProver PROVER = new PolicyProver();
  private static final String ABROAD =
      "destination.kind == 'site' && destination.country != 'JP' && request.confidentiality >= 2";

  private static PolicyBundle bundle(String theorem, String... permits) {
    Map<String, String> files = new TreeMap<>(Bundles.permissive());
    files.put("rules/a.cel", rule("abroad", "forbid", ABROAD));
    for (int i = 0; i < permits.length; i++) {
      files.put("rules/f" + i + ".cel", rule("f" + (char) ('a' + i), "forbid", permits[i]));
    }
    files.put("theorems/t.cel", theorem("t", theorem));
    return loaded(files);
  }

  private static Proof proof(String theorem, String... forbids) {
    return PROVER.proveAll(bundle(theorem, forbids)).getFirst();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "!(permitted && " + ABROAD + ")",
        "permitted || " + ABROAD + " || destination.evidence == 0",
        "!permitted || request.confidentiality < 2 || destination.country == 'JP'"
            + " || destination.kind != 'site'",
      })
  void provesWhatTheRulesMakeTrue(String theorem) {
    assertThat(proof(theorem))
        .matches(proof -> proof instanceof Proof.Proved proved && !proved.vacuous());
  }

  @Test
  void answersAFalseTheoremWithThePlainestSituation() {
    Proof proof = proof("!(permitted && destination.country != 'JP')");

    assertThat(proof)
        .isInstanceOfSatisfying(
            Proof.Broken.class,
            broken -> {
              assertThat(broken.situation().text())
                  .isEqualTo(
                      "request.confidentiality == 1 && destination.kind == \"site\""
                          + " && destination.country == \"US\"");
              assertThat(broken.decision().permits()).isTrue();
              assertThat(broken.decision().ruleIds()).containsExactly("p");
            });
  }

  @Test
  void countsSitesThatContradictTheirRegistration() {
    Proof proof = proof("permitted || " + ABROAD);

    assertThat(proof)
        .isInstanceOfSatisfying(
            Proof.Broken.class,
            broken -> assertThat(broken.decision().ruleIds()).containsExactly("site-contradicted"));
  }

  @Test
  void saysWhichTheoremsSayNothingOfTheRules() {
    assertThat(proof("request.confidentiality >= 1 && request.confidentiality <= 3"))
        .matches(proof -> proof instanceof Proof.Proved proved && proved.vacuous());
    assertThat(proof("permitted || !permitted"))
        .matches(proof -> proof instanceof Proof.Proved proved && proved.vacuous());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '`',
      value = {
        // a theorem that errs does not hold
        "1 / (request.confidentiality - 1) < 9 § request.confidentiality == 1",
        // a media host has no site's facts
        "destination.kind != 'media' || destination.scheme == 'data' § destination.kind == \"media\"",
        "!(destination.sku.startsWith('Global') && destination.country == 'JP') || !permitted § never",
        "!(destination.kind == 'log' && destination.evidence > 0) § never",
        "!(destination.kind == 'media' && destination.country != 'ZZ') § never",
        "!(destination.kind == 'site' && destination.host != '') § never",
        "request.transfer_basis in ['none', 'consent', 'equivalent', 'adequate'] § never",
        "destination.country.contains('A') == destination.country.endsWith('A')"
            + " || destination.country.startsWith('A') § never",
        "request.tenant != 'あ𠮷' § request.tenant == \"あ𠮷\"",
        "!(request.project.startsWith('a\\\\b') && request.project.endsWith('\"'))"
            + " § request.project == \"a\\b\"\"",
        "request.model_origin == destination.country || !permitted § destination.country",
      })
  void knowsWhichFactsThereAre(String theorem, String situation) {
    Proof proof = proof(theorem);

    if (situation.equals("never")) {
      assertThat(proof).isInstanceOf(Proof.Proved.class);
    } else {
      assertThat(proof)
          .isInstanceOfSatisfying(
              Proof.Broken.class,
              broken -> assertThat(broken.situation().text()).contains(situation));
    }
  }

  @Test
  void aRuleThatErrsPermitsNothing() {
    String errs = "1 / (request.confidentiality - 2) > 5";

    assertThat(proof("!(permitted && request.confidentiality == 2)", errs))
        .isInstanceOf(Proof.Proved.class);
    assertThat(proof("!(permitted && request.confidentiality == 2)", errs + " && 1 > 2"))
        .isInstanceOf(Proof.Broken.class);
  }

  @Test
  void givesUpInsteadOfGuessing() {
    String hard =
        "!(request.tenant + request.project == request.project + request.tenant"
            + " && request.tenant.contains('ab') && request.project.contains('ba')"
            + " && request.model + request.tenant == request.project + request.model + 'x'"
            + " && request.model.contains(request.tenant + request.project)"
            + " && destination.host < request.model && request.tenant < destination.host)";

    Proof proof = proof(hard);

    assertThat(proof).isNotInstanceOf(Proof.Broken.class);
  }

  @Test
  void aBundleWithAFalseTheoremMayNotComeIntoForce() {
    Proof proof = proof("!permitted");

    assertThat(proof.problem().map(Problem::text).orElse(""))
        .startsWith("theorems/t.cel:1:1: the theorem is false: where ")
        .endsWith("the rules permit by p");
  }

  @Test
  void findsWhatChangesBetweenTwoBundles() {
    PolicyBundle strict = bundle("true", "request.personal && destination.control == 'foreign'");
    PolicyBundle loose = bundle("true");

    assertThat(PROVER.newlyPermitted(strict, loose))
        .isInstanceOfSatisfying(
            Search.Found.class,
            found ->
                assertThat(found.situation().text())
                    .contains("request.personal == true", "destination.control == \"foreign\""));
    assertThat(PROVER.newlyPermitted(loose, strict)).isInstanceOf(Search.None.class);
    assertThat(PROVER.newlyPermitted(loose, loose)).isInstanceOf(Search.None.class);
  }

  @Test
  void knowsABundleThatPermitsNothing() {
    assertThat(PROVER.permitted(bundle("true", "true"))).isInstanceOf(Search.None.class);
    assertThat(PROVER.permitted(bundle("true"))).isInstanceOf(Search.Found.class);
  }

  /// What the solver proves of random rules, no example breaks; what it breaks is broken, which the
  /// prover itself decides again.
  @Test
  void provesNothingThatAnExampleBreaks() {
    SplittableRandom random = new SplittableRandom(20261121);
    RandomExpressions expressions = new RandomExpressions(random);
    List<Destination> destinations = Rules.allDestinations();
    List<DataClass> classes = Rules.allClasses();
    Map<String, Integer> seen = new TreeMap<>();
    for (int i = 0; i < 20; i++) {
      PolicyBundle bundle =
          bundle("permitted ? !" + expressions.flag(1) + " : true", expressions.flag(1));
      Proof proof = PROVER.proveAll(bundle).getFirst();
      seen.merge(proof.getClass().getSimpleName(), 1, Integer::sum);
      if (proof instanceof Proof.Proved) {
        for (int j = 0; j < 200; j++) {
          RequestFacts request = Sites.grounded(classes.get(random.nextInt(classes.size())));
          Destination to = destinations.get(random.nextInt(destinations.size()));
          Facts facts = new Facts(FactsOf.request(request), FactsOf.destination(to));
          boolean permitted = bundle.decide(request, to).permits();
          Expression claim = bundle.compiledTheorems().getFirst().expression();
          assertThat(claim.given(permitted).holds(facts)).as(proof.toString()).isTrue();
        }
      }
    }

    assertThat(seen).containsKeys("Proved", "Broken");
  }

  @Test
  void answersTheSameTwice() {
    PolicyBundle bundle = bundle("!(permitted && request.tenant.contains('x'))");

    List<Proof> first = PROVER.proveAll(bundle);

    assertThat(PROVER.proveAll(bundle)).isEqualTo(first);
  }
}
