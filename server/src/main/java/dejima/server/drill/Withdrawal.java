package dejima.server.drill;

import dejima.gateway.SiteState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What a drill takes away: an operator with all of its sites, or one of them.
///
/// @param operator the operator's name, as configuration or register have it
/// @param sites the ids of the sites that go, never empty
record Withdrawal(String operator, Set<String> sites) {
  /// Copies the set.
  Withdrawal {
    sites = Set.copyOf(sites);
    if (sites.isEmpty()) {
      throw new IllegalArgumentException("a withdrawal takes at least one site");
    }
  }

  /// What came of looking the operator up.
  sealed interface Lookup {
    /// It is known.
    record Found(Withdrawal withdrawal) implements Lookup {}

    /// It is not, or the site is not its.
    ///
    /// @param reason what is wrong, and which names there are
    record Unknown(String reason) implements Lookup {}
  }

  /// Looks an operator up among the sites.
  ///
  /// @param site takes only this one away, if given
  static Lookup of(List<SiteState> sites, String operator, Optional<String> site) {
    Set<String> own =
        sites.stream()
            .filter(state -> state.facts().operator().equals(operator))
            .map(SiteState::id)
            .collect(Collectors.toCollection(TreeSet::new));
    if (own.isEmpty()) {
      return new Lookup.Unknown(
          "No site belongs to an operator of the name '"
              + operator
              + "'. The operators are: "
              + sites.stream()
                  .map(state -> "'" + state.facts().operator() + "'")
                  .distinct()
                  .sorted()
                  .collect(Collectors.joining(", "))
              + ".");
    }
    if (site.isPresent() && !own.contains(site.get())) {
      return new Lookup.Unknown(
          "'"
              + operator
              + "' has no site '"
              + site.get()
              + "'. Its sites are: "
              + String.join(", ", own)
              + ".");
    }
    return new Lookup.Found(new Withdrawal(operator, site.map(Set::of).orElse(own)));
  }

  /// Whether a site goes.
  boolean takes(String site) {
    return sites.contains(site);
  }
}
