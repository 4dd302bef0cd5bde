package dejima.server.keys;

import dejima.gateway.Limits;
import dejima.residency.DataClass;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a new key is to be.
///
/// @param tenant the tenant's name, created when new
/// @param project the project within it, created when new
/// @param defaultClass the project's data class, if it is to be set
/// @param limits what the key may use
/// @param expires when the key ends, if it does
public record KeyRequest(
    String tenant,
    String project,
    Optional<DataClass> defaultClass,
    Limits limits,
    Optional<Instant> expires) {
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]{0,63}");

  /// Refuses names that would not read well in a list.
  public KeyRequest {
    requireNames(tenant, project);
  }

  /// Refuses names that would not read well in a list.
  ///
  /// @throws IllegalArgumentException saying what a name looks like
  public static void requireNames(String tenant, String project) {
    check("tenant", tenant);
    check("project", project);
  }

  private static void check(String field, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'"
              + field
              + "' must be 1 to 64 letters, digits, spaces, points, hyphens or underscores and"
              + " start with a letter or digit");
    }
  }
}
