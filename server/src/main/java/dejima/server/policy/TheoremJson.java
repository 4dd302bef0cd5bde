package dejima.server.policy;

import dejima.evidence.Json;
import dejima.residency.Decision;
import dejima.residency.Proof;
import dejima.residency.Situation;
import dejima.residency.Theorem;
import java.util.concurrent.TimeUnit;

/// A theorem and what became of it, for scripts, the admin plane and the console.
public final class TheoremJson {
  private TheoremJson() {}

  /// The object: `id`, `title`, `state` (`proved`, `vacuous`, `false`, `unproved`), `micros`, and
  /// what breaks it or why nobody knows.
  public static Json of(TimedProof timed) {
    Theorem theorem = timed.proof().theorem();
    Json.Members members =
        Json.object()
            .put("id", theorem.id())
            .put(
                "title",
                Json.object()
                    .put("ja", theorem.title().ja())
                    .put("en", theorem.title().en())
                    .build())
            .put("expression", theorem.expression())
            .put("micros", TimeUnit.NANOSECONDS.toMicros(timed.took().toNanos()));
    switch (timed.proof()) {
      case Proof.Proved(_, boolean vacuous) -> members.put("state", vacuous ? "vacuous" : "proved");
      case Proof.Broken(_, Situation situation, Decision decision) ->
          members
              .put("state", "false")
              .put("situation", situation(situation))
              .put("effect", decision.effect().word())
              .put("rules", Json.strings(decision.ruleIds()));
      case Proof.Unproved(_, String reason) ->
          members.put("state", "unproved").put("reason", reason);
    }
    return members.build();
  }

  /// The fields of a situation that matter, with their values as rules write them.
  public static Json situation(Situation situation) {
    Json.Members fields = Json.object();
    situation.fields().forEach(fields::put);
    return fields.build();
  }
}
