package dejima.gateway;

import dejima.residency.RequestKind;
import java.util.Set;

/// A model that a site says it serves.
///
/// @param id the name that clients use
/// @param digest `sha256:…` of the weights, empty when the site does not know it
/// @param kinds what it can be asked for
public record ServedModel(String id, String digest, Set<RequestKind> kinds) {
  /// Copies the kinds.
  public ServedModel {
    kinds = Set.copyOf(kinds);
  }
}
