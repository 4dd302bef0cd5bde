package dejima.audit;

import dejima.evidence.Json;
import dejima.evidence.Verification;
import dejima.evidence.Verification.Finding;
import dejima.evidence.Verification.Step;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// A verdict as people read it, and as programs do.
///
/// @param verdict what was found
record VerdictText(Verification verdict) {
  /// Tells people.
  void print(VerdictLanguage language, PrintWriter out) {
    switch (verdict) {
      case Verification.Verified(_, var proved, var notProved) -> {
        out.println(said(language, "GENUINE", "真正"));
        findings(said(language, "Proved", "証明されたこと"), proved, language, out);
        findings(said(language, "Not proved", "証明されていないこと"), notProved, language, out);
      }
      case Verification.Refused(Step step, String reason) ->
          out.println(said(language, "REFUSED", "拒否") + "  at " + step.word() + ": " + reason);
    }
  }

  private static String said(VerdictLanguage language, String en, String ja) {
    return switch (language) {
      case EN -> en;
      case JA -> ja;
      case BOTH -> en + "  " + ja;
    };
  }

  private static void findings(
      String title, List<Finding> findings, VerdictLanguage language, PrintWriter out) {
    out.println(title);
    for (Finding finding : findings) {
      switch (language) {
        case EN -> out.println("  - " + finding.en());
        case JA -> out.println("  - " + finding.ja());
        case BOTH -> {
          out.println("  - " + finding.en());
          out.println("    " + finding.ja());
        }
      }
    }
  }

  /// Tells programs: `verdict`, every step with its state, and what is proved and what is not, each
  /// under a code that stays the same.
  Json json() {
    return switch (verdict) {
      case Verification.Verified(var receipt, var proved, var notProved) ->
          Json.object()
              .put("verdict", "genuine")
              .put("id", receipt.id())
              .put("steps", steps(proved, notProved))
              .put("proved", findings(proved))
              .put("notProved", findings(notProved))
              .build();
      case Verification.Refused(Step failed, String reason) ->
          Json.object()
              .put("verdict", "refused")
              .put("step", failed.word())
              .put("reason", reason)
              .put("steps", steps(failed))
              .build();
    };
  }

  private static Json findings(List<Finding> findings) {
    return Json.array(
        findings.stream()
            .map(finding ->
                Json.object()
                    .put("step", finding.step().word())
                    .put("code", finding.code())
                    .put("en", finding.en())
                    .put("ja", finding.ja())
                    .build())
            .toList());
  }

  /// A step about which nothing was proved and something left open is `open`.
  private static Json steps(List<Finding> proved, List<Finding> notProved) {
    return steps(step -> isAbout(step, notProved) && !isAbout(step, proved) ? "open" : "passed");
  }

  private static boolean isAbout(Step step, List<Finding> findings) {
    return findings.stream().anyMatch(finding -> finding.step() == step);
  }

  private static Json steps(Step failed) {
    return steps(step -> {
      if (step == failed) {
        return "failed";
      }
      return step.compareTo(failed) < 0 ? "passed" : "unreached";
    });
  }

  private static Json steps(Function<Step, String> state) {
    return Json.array(
        Arrays.stream(Step.values())
            .map(step ->
                Json.object().put("step", step.word()).put("state", state.apply(step)).build())
            .toList());
  }
}
