package dejima.server.console;

import dejima.residency.Decision;
import dejima.residency.Proof;
import dejima.residency.Situation;
import dejima.residency.Theorem;
import dejima.server.policy.TimedProof;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Theorems with what the solver found: proved and how fast, or the request that breaks them.
final class TheoremView {
  private final Words words;
  private final Template item;

  TheoremView(Words words) {
    this.words = words;
    this.item = Template.read("theorem", words);
  }

  Html draw(List<TimedProof> proofs) {
    return proofs.stream().map(this::item).collect(Html.joined());
  }

  private Html item(TimedProof timed) {
    Theorem theorem = timed.proof().theorem();
    Language language = words.language();
    Map<String, String> fields = new HashMap<>();
    fields.put("id", theorem.id());
    fields.put("title", language.of(theorem.title()));
    fields.put("basis", language.of(theorem.basis()));
    fields.put("expression", theorem.expression());
    fields.put("ms", String.format(Locale.ROOT, "%.1f", timed.took().toNanos() / 1e6));
    String state = state(timed.proof());
    fields.put("state", state);
    fields.put("said", words.get("theorem." + state));
    fields.put("sign", state.equals("proved") ? "✓" : state.equals("vacuous") ? "–" : "×");
    fields.put("example", example(timed.proof()));
    return item.fill(fields);
  }

  private static String state(Proof proof) {
    return switch (proof) {
      case Proof.Proved(_, boolean vacuous) -> vacuous ? "vacuous" : "proved";
      case Proof.Broken _ -> "false";
      case Proof.Unproved _ -> "unproved";
    };
  }

  /// What breaks it, or why nobody knows.
  private static String example(Proof proof) {
    return switch (proof) {
      case Proof.Proved _ -> "";
      case Proof.Broken(_, Situation situation, Decision decision) ->
          situation.text()
              + " → "
              + decision.effect().word()
              + " ("
              + String.join(", ", decision.ruleIds())
              + ")";
      case Proof.Unproved(_, String reason) -> reason;
    };
  }
}
