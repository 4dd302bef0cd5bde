package dejima.server.console;

import dejima.residency.DataClass;
import dejima.residency.LocalText;
import dejima.residency.SiteDecision;
import java.time.Instant;
import java.util.List;

/// A request that the gateway refused, and what the policy said of every site.
///
/// @param id the receipt's id, `rcpt_…`
/// @param model the model that the client asked for
/// @param status the HTTP status of the answer
/// @param reason why, for people
/// @param decisions one for each site that was considered; empty where none was
public record RefusalEvent(
    String id,
    Instant time,
    String tenant,
    String project,
    DataClass dataClass,
    String model,
    int status,
    LocalText reason,
    List<SiteDecision> decisions) {

  /// Cleans the names that come from outside and copies the decisions.
  public RefusalEvent {
    tenant = ScreenText.of(tenant);
    project = ScreenText.of(project);
    model = ScreenText.of(model);
    decisions = List.copyOf(decisions);
  }
}
