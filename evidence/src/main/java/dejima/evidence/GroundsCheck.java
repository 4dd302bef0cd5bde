package dejima.evidence;

import dejima.evidence.Verification.Finding;
import dejima.evidence.Verification.Step;
import java.util.List;

/// Judges for a verifier whether the entries that an intent names as grounds bear the evidence
/// level that it records for its site. Whoever can read landmarks' transcripts and quotes stands
/// behind it.
@FunctionalInterface
public interface GroundsCheck {
  /// Believes no level: says that nothing of it was checked.
  GroundsCheck NONE =
      (_, _, _) ->
          new Judgement.Holds(
              List.of(),
              List.of(
                  new Finding(
                      Step.GROUNDS,
                      "evidence-level",
                      "The evidence level recorded for the site: its grounds were not examined.",
                      "拠点について記録された証拠水準（根拠を調べていない）。")));

  /// Judges one attempt.
  ///
  /// @param intent the body of the intent
  /// @param grounds the bodies of the entries that it names, in its order, proved to be in the log
  /// @param documents what the receipt carries, each under the hash that its entry names
  Judgement judge(Json.Obj intent, List<Json.Obj> grounds, Receipt.Documents documents);

  /// What came of it.
  sealed interface Judgement {
    /// The grounds bear the level.
    ///
    /// @param proved what that proves
    /// @param notProved what it does not
    record Holds(List<Finding> proved, List<Finding> notProved) implements Judgement {
      /// Copies the findings.
      public Holds {
        proved = List.copyOf(proved);
        notProved = List.copyOf(notProved);
      }
    }

    /// They do not.
    ///
    /// @param step which check failed
    /// @param reason why, in one English clause
    record Fails(Step step, String reason) implements Judgement {}
  }
}
