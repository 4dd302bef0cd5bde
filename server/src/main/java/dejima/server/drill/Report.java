package dejima.server.drill;

import dejima.evidence.Json;
import dejima.gateway.SiteReport;
import dejima.gateway.SiteState;
import dejima.residency.PolicyBundle;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Everything that a drill found, as the full report and as the summary that the log records. Both
/// name tenants by their pseudonyms only.
///
/// @param occasion when and where it was held
/// @param withdrawal what was taken away
/// @param policy what decided
/// @param staying the sites that stay
/// @param matrix what could be asked, and what becomes of it
/// @param book what was asked in the last days
/// @param measured the rehearsal, if there was anything to rehearse
record Report(
    Occasion occasion,
    Withdrawal withdrawal,
    PolicyBundle policy,
    List<SiteState> staying,
    Map<Work, Fate> matrix,
    LoadBook book,
    Optional<Rehearsal.Measured> measured) {
  private static final int MOST_CLASSES = 24;
  private static final int MOST_SITES = 12;
  private static final int LONGEST_SUMMARY = 7 << 10;

  private static final int MOST_SWITCHES = 6;

  /// When and where a drill was held.
  ///
  /// @param id the id of its entry
  /// @param at when it began
  /// @param node the name of the log whose last days it looked at
  /// @param budget how long it was to rehearse at most
  record Occasion(String id, Instant at, String node, Duration budget) {}

  /// Copies the list.
  Report {
    staying = List.copyOf(staying);
  }

  /// Whether anything that has somewhere to go now would have nowhere, or only where nobody answers
  /// now.
  boolean strands() {
    return matrix.values().stream().anyMatch(Fate::stranded)
        || book.works().values().stream().anyMatch(tally -> tally.fate().stranded())
        || new Numbers(staying, matrix, book, measured).silent() > 0;
  }

  /// The labels of the data classes of which some work would be stranded.
  private List<String> strandedClasses() {
    List<Work> stranded = new ArrayList<>();
    matrix.forEach((work, fate) -> {
      if (fate.stranded()) {
        stranded.add(work);
      }
    });
    book.works()
        .forEach((work, tally) -> {
          if (tally.fate().stranded()) {
            stranded.add(work);
          }
        });
    return stranded.stream().map(work -> work.dataClass().label()).distinct().sorted().toList();
  }

  private long strandedRequests() {
    return book.works().values().stream()
        .filter(tally -> tally.fate().stranded())
        .mapToLong(LoadBook.Tally::requests)
        .sum();
  }

  /// The full report.
  Json.Obj full() {
    Json.Members report =
        head()
            .put("id", occasion.id())
            .put("time", occasion.at().toEpochMilli())
            .put("at", occasion.at().toString())
            .put("history", history())
            .put("works", Json.array(works()))
            .put("matrix", Json.array(matrixRows()))
            .put("load", Json.array(staying.stream().map(this::load).toList()))
            .put("reserved", reserved());
    measured.ifPresent(seen ->
        report.put(
            "rehearsal",
            rehearsal(seen, seen.switches(), Switch::json)
                .put(
                    "leftOut",
                    Json.array(
                        seen.leftOut().stream().<Json>map(work -> work.json().build()).toList()))
                .build()));
    return report.build();
  }

  /// What the log records: the outcome, and the hash of the full report. Sites are named as long as
  /// there is room, those under the heaviest load first.
  Json.Obj summary(String hash) {
    List<Json.Obj> loads =
        staying.stream()
            .map(this::load)
            .sorted(Comparator.comparingDouble(Report::utilisation).reversed())
            .limit(MOST_SITES)
            .toList();
    Json.Obj summary = summary(hash, loads);
    for (int sites = loads.size() - 1;
        sites >= 0 && summary.canonicalBytes().length > LONGEST_SUMMARY;
        sites--) {
      summary = summary(hash, loads.subList(0, sites));
    }
    return summary;
  }

  private Json.Obj summary(String hash, List<Json.Obj> loads) {
    Json.Members summary =
        head().put("report", hash).put("history", history()).put("load", Json.array(loads));
    measured.ifPresent(
        seen -> summary.put("rehearsal", rehearsal(seen, slowest(seen), Switch::brief).build()));
    return summary.build();
  }

  private Json.Members head() {
    List<String> classes = strandedClasses();
    return Json.object()
        .put("drill", "withdraw")
        .put("operator", withdrawal.operator())
        .put("sites", Json.strings(withdrawal.sites().stream().sorted().limit(MOST_SITES).toList()))
        .put("siteCount", withdrawal.sites().size())
        .put("node", occasion.node())
        .put("numbers", new Numbers(staying, matrix, book, measured).json())
        .put("policy", policy.hash())
        .put("strands", strands())
        .put("strandedClasses", Json.strings(classes.stream().limit(MOST_CLASSES).toList()))
        .put("strandedClassCount", classes.size())
        .put("strandedRequests", strandedRequests());
  }

  private Json history() {
    return Json.object()
        .put("from", book.from().toString())
        .put("to", occasion.at().toString())
        .put("requests", book.requests())
        .put("refusedThen", book.refused())
        .put("carriedByOperator", book.carried())
        .put("tokensByOperator", book.carriedTokens())
        .put("kindsNotListed", book.beyond())
        .build();
  }

  /// What is stranded first, and of that what was asked most.
  private List<Json> works() {
    return book.works().entrySet().stream()
        .sorted(Comparator.comparingLong(Report::rank))
        .<Json>map(one ->
            one.getValue()
                .fate()
                .json(one.getKey())
                .put("requests", one.getValue().requests())
                .put("refusedThen", one.getValue().refused())
                .put("tokens", one.getValue().tokens())
                .build())
        .toList();
  }

  private static long rank(Map.Entry<Work, LoadBook.Tally> one) {
    LoadBook.Tally tally = one.getValue();
    return (tally.fate().stranded() ? -(1L << 60) : 0) - tally.requests();
  }

  private List<Json> matrixRows() {
    return matrix.entrySet().stream()
        .<Json>map(one -> one.getValue().json(one.getKey()).build())
        .toList();
  }

  private Json.Obj load(SiteState site) {
    SiteLoad.Hour hour = book.busiest(site.id());
    int takes = site.report().map(SiteReport::concurrent).orElse(0);
    Json.Members members =
        Json.object()
            .put("site", site.id())
            .put("health", site.health().name().toLowerCase(Locale.ROOT))
            .put("takesAtOnce", takes)
            .put("busiestHour", hour.from().toString())
            .put("requestsPerSecond", rounded(hour.requestsPerSecond()))
            .put("tokensPerSecond", rounded(hour.tokensPerSecond()))
            .put("atOnce", rounded(hour.concurrent()));
    if (takes > 0) {
      members.put("utilisation", rounded(hour.concurrent() / takes));
    }
    return members.build();
  }

  private static Json rounded(double value) {
    return Json.of(Math.round(value * 1e4) / 1e4);
  }

  private static double utilisation(Json.Obj load) {
    return load.get("utilisation").orElse(Json.nullValue()) instanceof Json.Num(double value)
        ? value
        : 0;
  }

  private static Json reserved() {
    return Json.object()
        .put("exists", false)
        .put("note", "This version knows no reserved capacity, so none can be stranded.")
        .put("noteJa", "この版に予約容量の機能はないため、行き場を失う予約もない。")
        .build();
  }

  /// Those that never came to an answer, and then the slowest.
  private static List<Switch> slowest(Rehearsal.Measured seen) {
    return seen.switches().stream()
        .sorted(
            Comparator.comparingDouble(
                one -> -one.firstSuccessMs().orElse(Double.POSITIVE_INFINITY)))
        .limit(MOST_SWITCHES)
        .toList();
  }

  private Json.Members rehearsal(
      Rehearsal.Measured seen, List<Switch> shown, Function<Switch, Json.Obj> switched) {
    return Json.object()
        .put("underWay", seen.underWay())
        .put("sent", seen.sent())
        .put("kinds", seen.switches().size() + seen.leftOut().size())
        .put("rehearsed", seen.switches().size())
        .put("budgetSeconds", occasion.budget().toSeconds())
        .put("switches", Json.array(shown.stream().map(switched).toList()));
  }
}
