package dejima.server.register;

import dejima.evidence.Approvers;
import java.nio.file.Path;

/// Where the register lies, and who may put a version of it in force.
///
/// @param directory the register's directory
/// @param approvers at least two people
public record RegisterSettings(Path directory, Approvers approvers) {}
