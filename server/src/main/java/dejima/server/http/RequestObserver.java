package dejima.server.http;

import dejima.gateway.Attempt;
import dejima.gateway.InferencePlan;
import dejima.gateway.Outcome;
import dejima.gateway.Problem;
import dejima.gateway.Refusal;

/// Watches requests go by, for metrics, traces and the console. It is called on the event loop and
/// must return at once; it never sees a prompt or an answer.
public interface RequestObserver {
  /// An intent is durable and the request leaves for a site.
  default void sent(InferencePlan plan, Attempt attempt) {}

  /// A request ended.
  ///
  /// @param firstByteMs from arrival to the first byte of the answer, −1 if none came
  default void ended(InferencePlan plan, Outcome outcome, double firstByteMs) {}

  /// Policy, or the lack of a permitted site, refused a request.
  default void refused(Refusal refusal) {}

  /// A request was turned away before it was planned.
  default void rejected(Problem problem) {}
}
