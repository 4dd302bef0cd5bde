package dejima.server.telemetry;

import dejima.gateway.Attempt;
import dejima.gateway.InferencePlan;
import dejima.gateway.Outcome;
import dejima.gateway.Problem;
import dejima.gateway.Refusal;
import dejima.server.http.RequestObserver;
import java.util.List;

/// Several observers as one.
///
/// @param observers told in this order
public record Broadcast(List<RequestObserver> observers) implements RequestObserver {
  /// Copies the list.
  public Broadcast {
    observers = List.copyOf(observers);
  }

  @Override
  public void sent(InferencePlan plan, Attempt attempt) {
    for (RequestObserver observer : observers) {
      observer.sent(plan, attempt);
    }
  }

  @Override
  public void ended(InferencePlan plan, Outcome outcome, double firstByteMs) {
    for (RequestObserver observer : observers) {
      observer.ended(plan, outcome, firstByteMs);
    }
  }

  @Override
  public void refused(Refusal refusal) {
    for (RequestObserver observer : observers) {
      observer.refused(refusal);
    }
  }

  @Override
  public void rejected(Problem problem) {
    for (RequestObserver observer : observers) {
      observer.rejected(problem);
    }
  }
}
