package dejima.register;

import dejima.register.Person.Holding;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Persons under one control. Somebody controls a person if he and those whom he controls hold half
/// of it together, or one of them a decisive part.
///
/// What the register once said of owners counts whether or not it has expired: an old tie is no
/// independence.
final class ControlGroup {
  private static final BigDecimal HALF = BigDecimal.valueOf(50);

  private final Collection<Person> persons;

  ControlGroup(Collection<Person> persons) {
    this.persons = persons;
  }

  /// The ids of a person, of all who control it, and of all whom any of these control.
  Set<String> of(String id) {
    Set<String> group = new TreeSet<>(controlledBy(id));
    for (Person above : persons) {
      Set<String> below = controlledBy(above.id());
      if (below.contains(id)) {
        group.addAll(below);
      }
    }
    return group;
  }

  private Set<String> controlledBy(String id) {
    Set<String> controlled = new HashSet<>(Set.of(id));
    for (int before = 0; before < controlled.size(); ) {
      before = controlled.size();
      for (Person person : persons) {
        if (!controlled.contains(person.id()) && isControlled(person, controlled)) {
          controlled.add(person.id());
        }
      }
    }
    return controlled;
  }

  private static boolean isControlled(Person person, Set<String> by) {
    List<Holding.Named> theirs =
        person.owners().map(fact -> fact.value().holdings()).orElse(List.of()).stream()
            .filter(Holding.Named.class::isInstance)
            .map(Holding.Named.class::cast)
            .filter(holding -> by.contains(holding.person()))
            .toList();
    BigDecimal sum =
        theirs.stream().map(Holding.Named::percent).reduce(BigDecimal.ZERO, BigDecimal::add);
    return sum.compareTo(HALF) >= 0 || theirs.stream().anyMatch(Holding.Named::decisive);
  }
}
