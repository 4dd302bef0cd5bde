package dejima.register;

import dejima.register.Person.Holding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A chain of owners that comes back to where it began, so that nobody would own anybody.
///
/// @param chain each is owned by the next, and the last is the first again
record OwnershipCycle(List<String> chain) {
  OwnershipCycle {
    chain = List.copyOf(chain);
  }

  String start() {
    return chain.getFirst();
  }

  String text() {
    return "owners form a circle: "
        + String.join(" is owned by ", chain)
        + "; write small cross-holdings as a dispersed block, and say in the source who holds them";
  }

  /// The ids of a person's named owners, whether or not the fact has expired.
  static List<String> holders(Person person) {
    return person.owners().stream()
        .flatMap(fact -> fact.value().holdings().stream())
        .flatMap(holding ->
            switch (holding) {
              case Holding.Named named -> Stream.of(named.person());
              case Holding.Dispersed _ -> Stream.empty();
            })
        .toList();
  }

  /// A circle among these persons, all of whose owners are among them.
  static Optional<OwnershipCycle> in(List<Person> persons) {
    Map<String, List<String>> owners = new HashMap<>();
    persons.forEach(person -> owners.put(person.id(), holders(person)));
    Set<String> sound = new HashSet<>();
    for (Person person : persons) {
      Optional<OwnershipCycle> found = from(person.id(), owners, sound);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /// Walks without recursion, since a chain may be as long as the register.
  private static Optional<OwnershipCycle> from(
      String start, Map<String, List<String>> owners, Set<String> sound) {
    List<String> path = new ArrayList<>(List.of(start));
    List<Integer> next = new ArrayList<>(List.of(0));
    Set<String> onPath = new HashSet<>(path);
    while (!path.isEmpty()) {
      int top = path.size() - 1;
      List<String> above = owners.getOrDefault(path.get(top), List.of());
      int at = next.get(top);
      if (at == above.size()) {
        sound.add(path.get(top));
        onPath.remove(path.removeLast());
        next.removeLast();
      } else {
        next.set(top, at + 1);
        String owner = above.get(at);
        if (onPath.contains(owner)) {
          List<String> chain = new ArrayList<>(path.subList(path.indexOf(owner), path.size()));
          chain.add(owner);
          return Optional.of(new OwnershipCycle(chain));
        }
        if (!sound.contains(owner)) {
          path.add(owner);
          next.add(0);
          onPath.add(owner);
        }
      }
    }
    return Optional.empty();
  }
}
