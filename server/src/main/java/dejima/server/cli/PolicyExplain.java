package dejima.server.cli;

import dejima.evidence.Json;
import dejima.residency.Decision;
import dejima.residency.Explanation;
import dejima.residency.Explanation.Truth;
import dejima.residency.Explanation.Verdict;
import dejima.residency.Rule;
import dejima.residency.RuleEffect;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Shows what every rule says of one request and one destination, and what follows.
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Shows what every rule says of one request and one destination, and the decision with its"
            + " legal bases.",
    footer = {"", "What is not given is taken for the worse case. Exit codes: 0 permit, 3 deny."})
final class PolicyExplain implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "BUNDLE", description = Bundles.PARAMETER)
  private String name;

  @Mixin private Suppositions suppositions;
  @Mixin private LanguageOption language;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Override
  public Integer call() {
    Explanation explanation =
        Bundles.read(name).explain(suppositions.request(), suppositions.destination());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(asJson(explanation).canonicalText());
    } else {
      print(explanation, out);
    }
    out.flush();
    return explanation.decision().permits() ? DejimaCommand.DONE : DejimaCommand.REFUSED;
  }

  private void print(Explanation explanation, PrintWriter out) {
    for (Verdict verdict : explanation.verdicts()) {
      Rule rule = verdict.rule();
      out.printf(
          "  %s %s  %s  %s%n",
          mark(verdict.truth()), effect(rule.effect()), rule.id(), language.of(rule.title()));
    }
    Decision decision = explanation.decision();
    out.println(decision.permits() ? language.of("許可", "PERMIT") : language.of("拒否", "DENY"));
    for (Rule rule : decision.deciding()) {
      out.println("  " + rule.id() + "  " + language.of(rule.title()));
      out.println("    " + language.of("根拠：", "legal basis: ") + language.of(rule.basis()));
      out.println("    " + language.of("確認：", "reviewed: ") + rule.reviewed());
      out.println("    " + language.of("変えるには：", "to change it: ") + language.of(rule.remedy()));
    }
  }

  private String mark(Truth truth) {
    return switch (truth) {
      case TRUE -> language.of("真  ", "true ");
      case FALSE -> language.of("偽  ", "false");
      case ERROR -> language.of("誤り", "ERROR");
    };
  }

  private String effect(RuleEffect effect) {
    return switch (effect) {
      case FORBID -> language.of("禁止", "forbid");
      case PERMIT -> language.of("許可", "permit");
    };
  }

  private static Json asJson(Explanation explanation) {
    return Json.object()
        .put("effect", explanation.decision().effect().word())
        .put(
            "deciding",
            Json.array(
                explanation.decision().deciding().stream().map(PolicyExplain::rule).toList()))
        .put(
            "rules",
            Json.array(
                explanation.verdicts().stream()
                    .<Json>map(verdict ->
                        Json.object()
                            .put("id", verdict.rule().id())
                            .put("effect", verdict.rule().effect().name().toLowerCase(Locale.ROOT))
                            .put("truth", verdict.truth().name().toLowerCase(Locale.ROOT))
                            .build())
                    .toList()))
        .build();
  }

  private static Json rule(Rule rule) {
    return Json.object()
        .put("id", rule.id())
        .put("titleJa", rule.titleJa())
        .put("titleEn", rule.titleEn())
        .put("basisJa", rule.basisJa())
        .put("basisEn", rule.basisEn())
        .put("reviewed", rule.reviewed())
        .build();
  }
}
