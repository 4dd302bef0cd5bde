package dejima.server.register;

import dejima.evidence.Approvers;
import java.nio.file.Path;
import java.util.Optional;

/// Where the register lies, and who may put a version of it in force.
///
/// @param directory the register's directory
/// @param approvers at least two people
/// @param mirror the directory of reference values and collateral for attestation, signed by two of
///   the same people, if sites are attested
public record RegisterSettings(Path directory, Approvers approvers, Optional<Path> mirror) {}
