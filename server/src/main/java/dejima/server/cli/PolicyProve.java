package dejima.server.cli;

import dejima.evidence.Json;
import dejima.residency.Decision;
import dejima.residency.PolicyBundle;
import dejima.residency.PolicyProver;
import dejima.residency.Proof;
import dejima.residency.Search;
import dejima.residency.Situation;
import dejima.residency.Theorem;
import dejima.server.policy.TheoremJson;
import dejima.server.policy.TimedProof;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Proves the theorems of a bundle, or shows what breaks them.
@Command(
    name = "prove",
    mixinStandardHelpOptions = true,
    description =
        "Proves a bundle's theorems for every request and destination, or shows what breaks them.",
    footer = {"", "Exit codes: 0 all proved, 1 at least one is false or unproved."})
final class PolicyProve implements Callable<Integer> {
  private static final double NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  @Spec private CommandSpec spec;
  @Mixin private LanguageOption language;

  @Parameters(paramLabel = "BUNDLE", description = Bundles.PARAMETER)
  private String name;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Override
  public Integer call() {
    PolicyBundle bundle = Bundles.read(name);
    PolicyProver prover = new PolicyProver();
    List<TimedProof> proofs = TimedProof.all(prover, bundle);
    boolean permitsNothing = prover.permitted(bundle) instanceof Search.None;
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(asJson(bundle, proofs, permitsNothing).canonicalText());
    } else {
      print(bundle, proofs, permitsNothing, out);
    }
    out.flush();
    return proofs.stream().allMatch(timed -> timed.proof() instanceof Proof.Proved)
        ? DejimaCommand.DONE
        : DejimaCommand.FAILED;
  }

  private void print(
      PolicyBundle bundle, List<TimedProof> proofs, boolean permitsNothing, PrintWriter out) {
    out.println(bundle.id() + " " + bundle.version() + "  " + language.of(bundle.title()));
    for (TimedProof timed : proofs) {
      Theorem theorem = timed.proof().theorem();
      out.printf(
          "  %s  %6.1f ms  %s  %s%n",
          state(timed.proof()), millis(timed), theorem.id(), language.of(theorem.title()));
      details(timed.proof(), out);
    }
    long proved = proofs.stream().filter(timed -> timed.proof() instanceof Proof.Proved).count();
    double total = proofs.stream().mapToDouble(PolicyProve::millis).sum();
    out.printf(
        language.of("定理 %d 件中 %d 件を証明（%.0f ms）%n", "%2$d of %1$d theorems proved (%3$.0f ms)%n"),
        proofs.size(),
        proved,
        total);
    if (permitsNothing) {
      out.println(language.of("注意：このポリシーは何も許可しない", "warning: this policy permits nothing at all"));
    }
  }

  private String state(Proof proof) {
    return switch (proof) {
      case Proof.Proved(_, boolean vacuous) when vacuous ->
          language.of("証明（無内容）", "proved (vacuous)");
      case Proof.Proved _ -> language.of("証明", "proved");
      case Proof.Broken _ -> language.of("偽", "FALSE");
      case Proof.Unproved _ -> language.of("未証明", "UNPROVED");
    };
  }

  private void details(Proof proof, PrintWriter out) {
    switch (proof) {
      case Proof.Proved(_, boolean vacuous) -> {
        if (vacuous) {
          out.println(
              "      "
                  + language.of(
                      "どんな規則でも成り立つので、このポリシーについて何も言っていない",
                      "it would hold under any rules, so it says nothing of this policy"));
        }
      }
      case Proof.Broken(_, Situation situation, Decision decision) -> {
        out.println(
            "      " + language.of("次の要求と宛先で破れる：", "broken by this request and destination:"));
        situation
            .fields()
            .forEach((field, value) -> out.println("        " + field + " == " + value));
        out.println(
            "      "
                + language.of("そのとき規則の判断は ", "there the rules ")
                + decision.effect().word()
                + language.of("、根拠は ", " by ")
                + String.join(", ", decision.ruleIds()));
      }
      case Proof.Unproved(_, String reason) -> out.println("      " + reason);
    }
  }

  private static double millis(TimedProof timed) {
    return timed.took().toNanos() / NANOS_PER_MILLI;
  }

  private static Json asJson(PolicyBundle bundle, List<TimedProof> proofs, boolean permitsNothing) {
    return Json.object()
        .put("bundle", bundle.id())
        .put("version", bundle.version())
        .put("hash", bundle.hash())
        .put("theorems", Json.array(proofs.stream().map(TheoremJson::of).toList()))
        .put("permitsNothing", permitsNothing)
        .build();
  }
}
