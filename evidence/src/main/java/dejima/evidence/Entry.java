package dejima.evidence;

import java.util.Set;

/// What a log is asked to record. The log adds to the facts, and so no fact may bear their names:
/// `v`, `id`, `kind`, `time`, `tenant`, `sequence`, `previous`.
///
/// @param id the request's id, of the form that [RequestIds] makes; intents and outcome share it
/// @param kind what it records
/// @param tenant the pseudonym under which sequence numbers run, 1 to 128 characters
/// @param facts the rest of the body; together with what the log adds at most 8 KiB
public record Entry(String id, Kind kind, String tenant, Json.Obj facts) {
  static final Set<String> ADDED =
      Set.of("v", "id", "kind", "time", "tenant", "sequence", "previous");

  /// Checks the id's form, the tenant's length and the names.
  public Entry {
    if (!RequestIds.isId(id)) {
      throw new IllegalArgumentException("not a request id");
    }
    if (tenant.isEmpty() || tenant.length() > 128) {
      throw new IllegalArgumentException("a tenant has 1 to 128 characters");
    }
    for (var member : facts.members()) {
      if (ADDED.contains(member.name())) {
        throw new IllegalArgumentException("the log itself fills in " + member.name());
      }
    }
  }
}
