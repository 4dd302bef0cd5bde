package dejima.residency;

import java.util.Set;

/// What the register says of a model.
///
/// @param registered whether two people have approved an entry that has not expired
/// @param owner the legal person that owns it, empty if unknown
/// @param licence its licence's name, empty if unknown
/// @param origin the country of its owner
/// @param thirdPartyCalls whether serving it may call services of others
/// @param digests what its files hash to, `sha256:…`
public record ModelFacts(
    boolean registered,
    String owner,
    String licence,
    Country origin,
    boolean thirdPartyCalls,
    Set<String> digests) {
  /// A model of which nothing is known, which is taken for the worse case.
  public static final ModelFacts UNREGISTERED =
      new ModelFacts(false, "", "", Country.UNKNOWN, true, Set.of());

  /// Copies the set.
  public ModelFacts {
    digests = Set.copyOf(digests);
  }
}
