package dejima.server.console;

import dejima.residency.PolicyBundle;
import dejima.residency.Problem;
import dejima.residency.Rule;
import dejima.server.console.Frame.Content;
import dejima.server.policy.PolicyGate;
import dejima.server.policy.TimedProof;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The page of the policy in force: what it decides for every class at every site and by which
/// rule, what it proves, who signed it, and its rules with their legal basis.
final class PolicyPage {
  private final Words words;
  private final Template page;
  private final Template rule;
  private final Template problem;
  private final MatrixView matrix;
  private final TheoremView theorems;

  PolicyPage(Words words) {
    this.words = words;
    this.page = Template.read("policy-page", words);
    this.rule = Template.read("rule", words);
    this.problem = Template.read("problem", words);
    this.matrix = new MatrixView(words);
    this.theorems = new TheoremView(words);
  }

  Content content(PolicyBundle bundle, PolicyStanding standing, List<MatrixView.Column> sites) {
    Map<String, String> fields =
        Map.of(
            "title", words.language().of(bundle.title()),
            "id", bundle.id(),
            "version", bundle.version(),
            "hash", bundle.hash(),
            "since", standing.since().map(Figures::moment).orElse(Figures.UNKNOWN),
            "sinceIso", standing.since().map(Figures::iso).orElse(""),
            "signers", signers(standing),
            "variable", String.join(", ", MatrixView.dependent(bundle.rules())));
    return Content.of(
        Tab.POLICY,
        page.fill(
            fields,
            Map.of(
                "matrix", matrix.draw(sites),
                "theorems", theorems.draw(standing.proofs()),
                "rejected", rejected(standing),
                "broken", theorems.draw(broken(standing)),
                "rules", bundle.rules().stream().map(this::rule).collect(Html.joined()))));
  }

  private String signers(PolicyStanding standing) {
    if (!standing.asked()) {
      return words.get("signers.unasked");
    }
    return standing.signers().isEmpty()
        ? words.get("signers.shipped")
        : String.join(", ", standing.signers());
  }

  private Html rejected(PolicyStanding standing) {
    return standing.rejected().map(PolicyGate.Judgement::problems).stream()
        .flatMap(List::stream)
        .map(this::problem)
        .collect(Html.joined());
  }

  private static List<TimedProof> broken(PolicyStanding standing) {
    return standing.rejected().map(PolicyGate.Judgement::proofs).stream()
        .flatMap(List::stream)
        .filter(timed -> timed.proof().problem().isPresent())
        .toList();
  }

  private Html problem(Problem found) {
    return problem.fill(Map.of("text", found.text()));
  }

  private Html rule(Rule one) {
    Language language = words.language();
    return rule.fill(
        Map.of(
            "id", one.id(),
            "effect", one.effect().name().toLowerCase(Locale.ROOT),
            "said", words.get("rule." + one.effect().name().toLowerCase(Locale.ROOT)),
            "title", language.of(one.title()),
            "basis", language.of(one.basis()),
            "remedy", language.of(one.remedy()),
            "reviewed", one.reviewed(),
            "expression", one.expression()));
  }
}
