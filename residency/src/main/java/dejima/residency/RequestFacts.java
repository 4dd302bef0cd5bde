package dejima.residency;

/// What rules may know of a request.
///
/// @param tenant pseudonym of the customer
/// @param project the customer's own project name
/// @param model the model that the client asked for
public record RequestFacts(
    DataClass dataClass, String tenant, String project, String model, RequestKind kind) {}
