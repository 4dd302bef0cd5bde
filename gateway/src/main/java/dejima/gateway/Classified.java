package dejima.gateway;

import dejima.residency.Confidentiality;
import dejima.residency.DataClass;
import dejima.residency.Marker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The data class by which a request is decided, and who had a say in it.
///
/// @param effective what counts: the join of everything that was said and found
/// @param declared what the client said, if it said anything
/// @param setBy the sources without which the class would be lower: `declared`, `project`,
///   `inspection`, or `unlabelled` when nobody labelled the request
public record Classified(DataClass effective, Optional<DataClass> declared, List<String> setBy) {
  /// Copies the list.
  public Classified {
    setBy = List.copyOf(setBy);
  }

  private record Source(String name, DataClass dataClass) {}

  /// Joins the three sources; each only ever raises the class. A request that neither client nor
  /// project labelled counts as [DataClass#UNLABELLED].
  ///
  /// @param declared the client's label
  /// @param project the floor of the project
  /// @param found what inspection found
  public static Classified join(
      Optional<DataClass> declared, Optional<DataClass> project, Set<Marker> found) {
    List<Source> sources = new ArrayList<>(3);
    declared.ifPresent(said -> sources.add(new Source("declared", said)));
    project.ifPresent(floor -> sources.add(new Source("project", floor)));
    if (sources.isEmpty()) {
      sources.add(new Source("unlabelled", DataClass.UNLABELLED));
    }
    if (!found.isEmpty()) {
      // It finds markers only, and so must not seem to have set the level that another one set.
      sources.add(new Source("inspection", new DataClass(Confidentiality.C1, found)));
    }
    DataClass effective = joined(sources);
    return new Classified(effective, declared, decisive(sources, effective));
  }

  private static List<String> decisive(List<Source> sources, DataClass effective) {
    if (sources.size() == 1) {
      return List.of(sources.getFirst().name());
    }
    List<String> names =
        sources.stream()
            .map(Source::name)
            .filter(name -> !without(sources, name).equals(effective))
            .toList();
    return names.isEmpty() ? sources.stream().map(Source::name).toList() : names;
  }

  private static DataClass without(List<Source> sources, String name) {
    return joined(sources.stream().filter(source -> !source.name().equals(name)).toList());
  }

  private static DataClass joined(List<Source> sources) {
    return sources.stream().map(Source::dataClass).reduce(DataClass::join).orElseThrow();
  }
}
