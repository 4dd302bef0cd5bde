package dejima.server.drill;

import dejima.evidence.Json;
import dejima.residency.DataClass;
import dejima.residency.LegalGrounds;
import dejima.residency.ModelFacts;
import dejima.residency.RequestFacts;
import dejima.residency.RequestKind;

/// Requests that policy decides alike.
///
/// @param tenant the tenant's pseudonym, empty for nobody in particular
/// @param project the tenant's project
/// @param model the model that is asked
/// @param kind what it is asked for
/// @param dataClass by which it is decided
/// @param grounds what clients claim for it
record Work(
    String tenant,
    String project,
    String model,
    RequestKind kind,
    DataClass dataClass,
    LegalGrounds grounds) {
  /// Work of nobody in particular, for which nothing is claimed.
  static Work ofNobody(String model, RequestKind kind, DataClass dataClass) {
    return new Work("", "", model, kind, dataClass, LegalGrounds.NONE);
  }

  /// What policy decides by.
  RequestFacts facts() {
    return new RequestFacts(
        dataClass, tenant, project, model, kind, grounds, ModelFacts.UNREGISTERED);
  }

  /// The same as members of a report; what is empty is left out.
  Json.Members json() {
    Json.Members members =
        Json.object()
            .put("model", model)
            .put("operation", kind.word())
            .put("dataClass", dataClass.label())
            .put("dataClassJa", dataClass.labelJa());
    if (!tenant.isEmpty()) {
      members.put("tenant", tenant).put("project", project);
    }
    if (!grounds.equals(LegalGrounds.NONE)) {
      members.put(
          "grounds",
          Json.object()
              .put("statutoryTask", grounds.statutoryTask())
              .put("subcontractingPermission", grounds.subcontractingPermission())
              .put("transferBasis", grounds.transferBasis().word())
              .build());
    }
    return members;
  }
}
