package dejima.gateway;

import dejima.residency.DataClass;
import java.time.Instant;
import java.util.Optional;

/// An API key as the gateway knows it: never the secret, only its hash.
///
/// @param id public part of the key
/// @param secret hash of the secret part
/// @param tenant pseudonym of the tenant, as evidence carries it
/// @param salt the tenant's salt key
/// @param project the project within the tenant
/// @param defaultClass the project's data class, if it has one; none of its requests falls below it
/// @param limits what the key may use
/// @param expires when the key ends, if it does
/// @param revoked whether it was withdrawn
public record Credential(
    String id,
    KeyHash secret,
    String tenant,
    TenantSalt salt,
    String project,
    Optional<DataClass> defaultClass,
    Limits limits,
    Optional<Instant> expires,
    boolean revoked) {}
