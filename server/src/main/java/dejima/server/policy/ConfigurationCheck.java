package dejima.server.policy;

import dejima.residency.Confidentiality;
import dejima.residency.DataClass;
import dejima.residency.Decision;
import dejima.residency.Destination;
import dejima.residency.Marker;
import dejima.residency.PolicyBundle;
import dejima.residency.Problem;
import dejima.residency.RequestFacts;
import dejima.residency.RequestKind;
import dejima.server.policy.ConfigurationPath.Content;
import dejima.server.policy.ConfigurationPath.End;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Holds every path of a configuration against a policy, for every data class.
public final class ConfigurationCheck {
  /// What a problem with a path calls its file.
  public static final String FILE = "configuration";

  private final PolicyBundle policy;
  private final List<ConfigurationPath> paths;

  /// @param paths as [ConfigurationPaths] lists them
  public ConfigurationCheck(PolicyBundle policy, List<ConfigurationPath> paths) {
    this.policy = policy;
    this.paths = List.copyOf(paths);
  }

  /// What the policy says of a path.
  ///
  /// @param open the classes whose content may take it
  /// @param leaks the classes whose content would take it although the policy forbids so
  public record Verdict(ConfigurationPath path, List<DataClass> open, List<Leak> leaks) {
    /// Copies the lists.
    public Verdict {
      open = List.copyOf(open);
      leaks = List.copyOf(leaks);
    }
  }

  /// A class that must not take a path that is open to it.
  public record Leak(DataClass dataClass, Decision decision) {}

  /// Every path with what the policy says of it.
  public List<Verdict> verdicts() {
    return paths.stream().map(this::verdict).toList();
  }

  /// A problem for each path on which something would leave.
  public List<Problem> problems() {
    return verdicts().stream()
        .filter(verdict -> !verdict.leaks().isEmpty())
        .map(verdict -> new Problem(FILE, 1, 1, message(verdict)))
        .toList();
  }

  /// Each confidentiality class with every set of markers.
  public static List<DataClass> allClasses() {
    List<DataClass> all = new ArrayList<>();
    for (Confidentiality level : Confidentiality.values()) {
      all.add(new DataClass(level, Set.of()));
    }
    for (Marker marker : Marker.values()) {
      DataClass marked = new DataClass(Confidentiality.C1, Set.of(marker));
      all.addAll(all.stream().map(marked::join).toList());
    }
    return all;
  }

  private Verdict verdict(ConfigurationPath path) {
    return switch (path.end()) {
      case End.DecidedEachTime(Destination destination) ->
          new Verdict(path, permitted(allClasses(), destination), List.of());
      case End.AlwaysOpen(Destination.Sink sink, _) -> {
        List<DataClass> coming = coming(path.content());
        List<Leak> leaks =
            coming.stream()
                .map(dataClass -> new Leak(dataClass, decide(dataClass, sink)))
                .filter(leak -> !leak.decision().permits())
                .toList();
        yield new Verdict(path, permitted(coming, sink), leaks);
      }
      case End.StaysHere _ -> new Verdict(path, coming(path.content()), List.of());
      case End.CarriesNothing _, End.NotConfigured _ -> new Verdict(path, List.of(), List.of());
    };
  }

  /// The classes of what comes to a path that is always open: those of requests that some site may
  /// serve, because the others are refused before anything of them goes anywhere.
  private List<DataClass> coming(Content content) {
    return switch (content) {
      case REQUEST -> allClasses().stream().filter(servedSomewhere()).toList();
      case METADATA -> List.of(Content.METADATA_CLASS);
      case NOTHING -> List.of();
    };
  }

  private Predicate<DataClass> servedSomewhere() {
    List<Destination> places =
        paths.stream()
            .map(ConfigurationPath::end)
            .filter(End.DecidedEachTime.class::isInstance)
            .map(end -> ((End.DecidedEachTime) end).destination())
            .filter(Destination.SiteFacts.class::isInstance)
            .toList();
    return dataClass -> places.stream().anyMatch(place -> decide(dataClass, place).permits());
  }

  private List<DataClass> permitted(List<DataClass> classes, Destination destination) {
    return classes.stream().filter(one -> decide(one, destination).permits()).toList();
  }

  private Decision decide(DataClass dataClass, Destination destination) {
    return policy.decide(new RequestFacts(dataClass, "", "", "", RequestKind.CHAT), destination);
  }

  private static String message(Verdict verdict) {
    Leak first = verdict.leaks().getFirst();
    String place =
        verdict.path().end() instanceof End.AlwaysOpen(Destination.Sink sink, String setting)
            ? " (country "
                + sink.country().code()
                + ", control "
                + sink.control().word()
                + ", set by '"
                + setting
                + "'; 'country' and 'control' beside it say where it is)"
            : "";
    return "the path "
        + verdict.path().route()
        + place
        + " would carry "
        + verdict.path().content().text().en()
        + ", which count as "
        + first.dataClass().label()
        + "; the policy refuses that by "
        + String.join(", ", first.decision().ruleIds());
  }
}
