package dejima.server.keys;

import dejima.gateway.Credential;
import java.time.Instant;
import java.util.Optional;

/// A key as it is kept, with what only people need to know of it.
///
/// @param credential what the gateway checks
/// @param tenantName the tenant's name, which evidence never carries; empty once it is forgotten
/// @param created when it was made
/// @param revoked when it was withdrawn, if it was
public record KeyRow(
    Credential credential, String tenantName, Instant created, Optional<Instant> revoked) {}
