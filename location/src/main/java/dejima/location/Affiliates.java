package dejima.location;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The legal persons who are not independent of a site: its operator, and whoever controls that, is
/// controlled by it, or has the same parent. What their landmarks prove is the operator's own word
/// and does not count; what speaks against the site does, whoever says it.
///
/// @param persons however their names are written
public record Affiliates(List<LegalPerson> persons) {
  /// Copies the list.
  public Affiliates {
    persons = List.copyOf(persons);
  }

  /// Those of these names; what can be no legal person's name is nobody's.
  public static Affiliates of(Collection<String> names) {
    return new Affiliates(names.stream().flatMap(name -> person(name).stream()).toList());
  }

  private static Optional<LegalPerson> person(String name) {
    try {
      return Optional.of(new LegalPerson(name.strip()));
    } catch (IllegalArgumentException nobody) {
      return Optional.empty();
    }
  }

  /// Is this one of them?
  public boolean include(LegalPerson person) {
    return persons.stream().anyMatch(person::isSameAs);
  }
}
