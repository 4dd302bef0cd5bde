package dejima.server.drill;

import dejima.evidence.Json;
import dejima.gateway.SiteReport;
import dejima.gateway.SiteState;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A drill in a few numbers, for those who decide: how many tenants, models and data classes lose
/// their last permitted site, how many requests of the last days that were, whether the others
/// would bear the load, and how long the switch takes.
///
/// @param staying the sites that stay
/// @param matrix what could be asked, and what becomes of it
/// @param book what was asked in the last days
/// @param measured the rehearsal, if there was anything to rehearse
record Numbers(
    List<SiteState> staying,
    Map<Work, Fate> matrix,
    LoadBook book,
    Optional<Rehearsal.Measured> measured) {
  /// Copies the list.
  Numbers {
    staying = List.copyOf(staying);
  }

  Json.Obj json() {
    Json.Members numbers =
        Json.object()
            .put("tenants", count(Work::tenant))
            .put("models", count(Work::model))
            .put("classes", count(work -> work.dataClass().label()))
            .put("requests", pair(book.requests(), sum(Fate::stranded), sum(this::isSilent)))
            .put("sitesLeft", staying.size())
            .put("sitesLeftUp", staying.stream().filter(Numbers::isUp).count())
            .put("overloaded", Json.strings(overloaded()));
    slowestMs().ifPresent(ms -> numbers.put("slowestSwitchMs", Json.of(ms)));
    measured.ifPresent(seen -> numbers.put("switchesWithoutSuccess", withoutSuccess(seen)));
    return numbers.build();
  }

  /// How many of something there are, how many of them lose a permitted site for some of their
  /// work, and how many keep only sites that do not answer now.
  private Json count(Function<Work, String> of) {
    return pair(
        names(of, _ -> true).size(),
        names(of, Fate::stranded).size(),
        names(of, this::isSilent).size());
  }

  private static Json pair(long known, long stranded, long silent) {
    return Json.object()
        .put("known", known)
        .put("stranded", stranded)
        .put("onlyAtSitesThatAreDown", silent)
        .build();
  }

  private Set<String> names(Function<Work, String> of, Predicate<Fate> meant) {
    Set<String> names = new HashSet<>();
    all()
        .filter(one -> meant.test(one.getValue()))
        .map(one -> of.apply(one.getKey()))
        .filter(name -> !name.isEmpty())
        .forEach(names::add);
    return names;
  }

  private Stream<Map.Entry<Work, Fate>> all() {
    return Stream.concat(
        matrix.entrySet().stream(),
        book.works().entrySet().stream()
            .map(one -> Map.entry(one.getKey(), one.getValue().fate())));
  }

  private long sum(Predicate<Fate> meant) {
    return book.works().values().stream()
        .filter(tally -> meant.test(tally.fate()))
        .mapToLong(LoadBook.Tally::requests)
        .sum();
  }

  /// How many kinds of work would be permitted only at sites that do not answer now.
  long silent() {
    return all().filter(one -> isSilent(one.getValue())).count();
  }

  private boolean isSilent(Fate fate) {
    return fate.concerned() && !fate.stranded() && down().containsAll(fate.after());
  }

  private Collection<String> down() {
    return staying.stream()
        .filter(site -> !isUp(site))
        .map(SiteState::id)
        .collect(Collectors.toSet());
  }

  private static boolean isUp(SiteState site) {
    return site.health() == SiteState.Health.UP;
  }

  /// The sites that would have more under way in their busiest hour than they say they take.
  private List<String> overloaded() {
    return staying.stream()
        .filter(site -> {
          int takes = site.report().map(SiteReport::concurrent).orElse(0);
          return takes > 0 && book.busiest(site.id()).concurrent() > takes;
        })
        .map(SiteState::id)
        .sorted()
        .limit(12)
        .toList();
  }

  private Optional<Double> slowestMs() {
    return measured.stream()
        .flatMap(seen -> seen.switches().stream())
        .flatMap(one -> one.firstSuccessMs().stream())
        .max(Double::compare);
  }

  private static long withoutSuccess(Rehearsal.Measured seen) {
    return seen.switches().stream().filter(one -> one.firstSuccessMs().isEmpty()).count();
  }
}
