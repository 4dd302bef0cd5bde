package dejima.server.cli;

import dejima.evidence.Json;
import dejima.residency.PolicyBundle;
import dejima.residency.PolicyProver;
import dejima.residency.Search;
import dejima.residency.Situation;
import dejima.server.policy.TheoremJson;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Finds what a change of policy newly permits and newly refuses, or proves that there is nothing.
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = "Shows a request that a change newly permits, and one that it newly refuses.",
    footer = {
      "",
      "Exit codes: 0 nothing is newly permitted (proved), 3 something is, 1 the solver gave up."
    })
final class PolicyDiff implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private LanguageOption language;

  @Parameters(paramLabel = "BEFORE", description = Bundles.PARAMETER)
  private String before;

  @Parameters(paramLabel = "AFTER", description = Bundles.PARAMETER)
  private String after;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Override
  public Integer call() {
    PolicyBundle old = Bundles.read(before);
    PolicyBundle changed = Bundles.read(after);
    PolicyProver prover = new PolicyProver();
    Search permitted = prover.newlyPermitted(old, changed);
    Search refused = prover.newlyPermitted(changed, old);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          Json.object()
              .put("before", old.hash())
              .put("after", changed.hash())
              .put("newlyPermitted", asJson(permitted))
              .put("newlyRefused", asJson(refused))
              .build()
              .canonicalText());
    } else {
      print(language.of("新たに許可される", "newly permitted"), permitted, old, changed, out);
      print(language.of("新たに拒否される", "newly refused"), refused, old, changed, out);
    }
    out.flush();
    return switch (permitted) {
      case Search.None _ -> DejimaCommand.DONE;
      case Search.Found _ -> DejimaCommand.REFUSED;
      case Search.Unknown _ -> DejimaCommand.FAILED;
    };
  }

  private void print(
      String title, Search search, PolicyBundle old, PolicyBundle changed, PrintWriter out) {
    switch (search) {
      case Search.None _ ->
          out.println(title + language.of("：一つもない（証明済み）", ": nothing at all (proved)"));
      case Search.Unknown(String reason) ->
          out.println(title + language.of("：分からない。", ": not known: ") + reason);
      case Search.Found(Situation situation) -> {
        out.println(title + language.of("：例えば", ": for instance"));
        situation.fields().forEach((field, value) -> out.println("  " + field + " == " + value));
        out.println("    " + language.of("前：", "before: ") + decision(old, situation));
        out.println("    " + language.of("後：", "after: ") + decision(changed, situation));
      }
    }
  }

  private static String decision(PolicyBundle bundle, Situation situation) {
    var decision = bundle.decide(situation.request(), situation.destination());
    return decision.effect().word() + "  " + String.join(", ", decision.ruleIds());
  }

  private static Json asJson(Search search) {
    return switch (search) {
      case Search.None _ -> Json.object().put("state", "none").build();
      case Search.Unknown(String reason) ->
          Json.object().put("state", "unknown").put("reason", reason).build();
      case Search.Found(Situation situation) ->
          Json.object()
              .put("state", "found")
              .put("situation", TheoremJson.situation(situation))
              .build();
    };
  }
}
