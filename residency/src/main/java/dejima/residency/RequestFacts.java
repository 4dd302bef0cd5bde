package dejima.residency;

/// What rules may know of a request.
///
/// @param tenant pseudonym of the customer
/// @param project the customer's own project name
/// @param model the model that the client asked for
/// @param grounds what the client says makes it lawful
/// @param modelFacts what the register says of that model
public record RequestFacts(
    DataClass dataClass,
    String tenant,
    String project,
    String model,
    RequestKind kind,
    LegalGrounds grounds,
    ModelFacts modelFacts) {
  /// A request for which no ground is claimed, to a model that is not registered.
  public RequestFacts(
      DataClass dataClass, String tenant, String project, String model, RequestKind kind) {
    this(dataClass, tenant, project, model, kind, LegalGrounds.NONE, ModelFacts.UNREGISTERED);
  }
}
