package dejima.register;

import dejima.residency.Country;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the register says of a model.
///
/// @param id its name in the register
/// @param names by which clients and sites call it
/// @param owner who made it and may change its terms
/// @param licence under which it may be used
/// @param origin the country whose law its owner answers to
/// @param digests of the files that are it, `sha256:…`
/// @param thirdPartyCalls whether it, or the service it comes as, calls others while it answers
public record RegisteredModel(
    String id,
    List<String> names,
    Optional<Fact<String>> owner,
    Optional<Fact<String>> licence,
    Optional<Fact<Country>> origin,
    Optional<Fact<Set<String>>> digests,
    Optional<Fact<Boolean>> thirdPartyCalls) {
  /// Copies the names.
  public RegisteredModel {
    names = List.copyOf(names);
  }
}
