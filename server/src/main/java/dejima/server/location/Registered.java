package dejima.server.location;

import dejima.location.Affiliates;
import dejima.location.Place;
import dejima.register.Register;
import dejima.register.RegisteredSite;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the register says of a site, as far as measuring it needs that.
///
/// @param place where it is, if a fact about that is in force
/// @param affiliates whose landmarks do not count for it
public record Registered(Optional<Place> place, Affiliates affiliates) {
  /// What is known at a moment.
  ///
  /// @param register the version in force, if there is one
  /// @param operator who runs the site, as it is configured: it never counts, whatever is
  ///   registered
  public static Registered of(
      Optional<Register> register, String site, String operator, Instant now) {
    Optional<RegisteredSite> known = register.flatMap(version -> version.site(site));
    List<String> names = new ArrayList<>(List.of(operator));
    known.ifPresent(
        found -> register.ifPresent(version -> names.addAll(version.affiliates(found.operator()))));
    return new Registered(
        known
            .flatMap(RegisteredSite::place)
            .flatMap(fact -> fact.at(now))
            .map(at -> new Place(at.latitude(), at.longitude())),
        Affiliates.of(names));
  }
}
