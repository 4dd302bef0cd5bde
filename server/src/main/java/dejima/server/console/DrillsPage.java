package dejima.server.console;

import dejima.evidence.Json;
import dejima.server.console.Frame.Content;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The page of drills: what doing without an operator would cost, by the last rehearsal and those
/// before it. Every value is the report's own.
final class DrillsPage {
  private final Words words;
  private final Template page;
  private final Template report;
  private final Template work;
  private final Template load;
  private final Template change;
  private final Template row;
  private final Template nothing;

  DrillsPage(Words words) {
    this.words = words;
    this.page = Template.read("drills", words);
    this.report = Template.read("drill", words);
    this.work = Template.read("drill-work", words);
    this.load = Template.read("drill-load", words);
    this.change = Template.read("drill-switch", words);
    this.row = Template.read("drill-row", words);
    this.nothing = Template.read("drills-none", words);
  }

  Content content(List<Json.Obj> drills, Optional<Json.Obj> last) {
    Html rows = drills.stream().map(this::row).collect(Html.joined());
    Html newest = last.map(this::report).orElseGet(() -> nothing.fill(Map.of()));
    return Content.of(Tab.DRILLS, page.fill(Map.of(), Map.of("last", newest, "rows", rows)));
  }

  private Html row(Json.Obj drill) {
    Map<String, String> fields = head(drill);
    fields.put("hash", Figures.shortened(text(drill, "hash"), 8, 8));
    fields.put("hashWhole", text(drill, "hash"));
    fields.put("slowest", slowest(drill.objects("switches")));
    return row.fill(fields);
  }

  private Html report(Json.Obj drill) {
    Json.Obj history = drill.object("history").orElseGet(DrillsPage::empty);
    Json.Obj rehearsal = drill.object("rehearsal").orElseGet(DrillsPage::empty);
    List<Json.Obj> switches = rehearsal.objects("switches");
    Map<String, String> fields = head(drill);
    fields.put("from", moment(history, "from"));
    fields.put("to", moment(history, "to"));
    fields.put("requests", count(history, "requests"));
    fields.put("carried", count(history, "carriedByOperator"));
    fields.put("tokens", count(history, "tokensByOperator"));
    fields.put("slowest", slowest(switches));
    fields.put("sent", count(rehearsal, "sent"));
    fields.put("underWay", count(rehearsal, "underWay"));
    fields.put(
        "reserved",
        drill
            .object("reserved")
            .map(known -> text(known, words.language() == Language.JA ? "noteJa" : "note"))
            .orElse(""));
    Stream<Json.Obj> works =
        Stream.concat(drill.objects("works").stream(), drill.objects("matrix").stream())
            .filter(DrillsPage::stranded);
    return report.fill(
        fields,
        Map.of(
            "works", works.map(this::work).collect(Html.joined()),
            "loads", drill.objects("load").stream().map(this::load).collect(Html.joined()),
            "switches", switches.stream().map(this::change).collect(Html.joined())));
  }

  private Map<String, String> head(Json.Obj drill) {
    boolean strands = drill.get("strands").equals(Optional.of(Json.of(true)));
    Map<String, String> fields = new HashMap<>();
    fields.put("id", text(drill, "id"));
    fields.put("operator", text(drill, "operator"));
    fields.put("at", moment(drill, "at"));
    fields.put("sites", texts(drill, "sites"));
    fields.put("strands", Boolean.toString(strands));
    fields.put("said", words.get(strands ? "drill.strands" : "drill.survives"));
    fields.put("classes", classes(drill));
    fields.put("strandedRequests", count(drill, "strandedRequests"));
    return fields;
  }

  private String classes(Json.Obj drill) {
    String all =
        drill.array("strandedClasses").orElse(List.of()).stream()
            .map(item ->
                item instanceof Json.Str(String label) ? RequestView.dataClass(label, words) : "")
            .collect(Collectors.joining(", "));
    return all.isEmpty() ? Figures.UNKNOWN : all;
  }

  private static boolean stranded(Json.Obj work) {
    return work.get("stranded").equals(Optional.of(Json.of(true)));
  }

  private Html work(Json.Obj one) {
    String reason = words.language() == Language.JA ? "reasonJa" : "reason";
    return work.fill(
        Map.of(
            "tenant", text(one, "tenant"),
            "model", text(one, "model"),
            "class", RequestView.dataClass(text(one, "dataClass"), words),
            "before", texts(one, "before"),
            "requests", count(one, "requests"),
            "refusals",
                one.objects("refusals").stream()
                    .map(refusal -> text(refusal, "site") + ": " + text(refusal, reason))
                    .collect(Collectors.joining(" · "))));
  }

  private Html load(Json.Obj site) {
    double share = number(site, "utilisation").orElse(0.0);
    return load.fill(
        Map.of(
            "site", text(site, "site"),
            "health", words.get("health", text(site, "health")),
            "takes", count(site, "takesAtOnce"),
            "hour", moment(site, "busiestHour"),
            "rps", decimal(site, "requestsPerSecond", "%.2f"),
            "tps", decimal(site, "tokensPerSecond", "%.1f"),
            "atOnce", decimal(site, "atOnce", "%.2f"),
            "share", number(site, "utilisation").isPresent() ? percent(share) : Figures.UNKNOWN,
            "over", Boolean.toString(share >= 1)));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", share * 100);
  }

  private Html change(Json.Obj one) {
    return change.fill(
        Map.of(
            "model", text(one, "model"),
            "class", RequestView.dataClass(text(one, "dataClass"), words),
            "first", decimal(one, "firstSuccessMs", "%.1f"),
            "trouble", decimal(one, "troubleMs", "%.1f"),
            "usual", decimal(one, "usualMs", "%.1f"),
            "slowest", decimal(one, "slowestMs", "%.1f"),
            "answered", count(one, "answered"),
            "failed", count(one, "failed"),
            "refused", count(one, "refused")));
  }

  /// The longest of the switches; unknown where one never came to an end.
  private static String slowest(List<Json.Obj> switches) {
    List<Double> times =
        switches.stream().flatMap(one -> number(one, "firstSuccessMs").stream()).toList();
    return times.isEmpty() || times.size() < switches.size()
        ? Figures.UNKNOWN
        : Figures.ms(times.stream().mapToDouble(Double::doubleValue).max().orElse(0)) + " ms";
  }

  private static Json.Obj empty() {
    return Json.object().build();
  }

  private static String text(Json.Obj json, String name) {
    return json.string(name).map(ScreenText::of).orElse(Figures.UNKNOWN);
  }

  private static String texts(Json.Obj json, String name) {
    String all =
        json.array(name).orElse(List.of()).stream()
            .map(item -> item instanceof Json.Str(String text) ? ScreenText.of(text) : "")
            .collect(Collectors.joining(", "));
    return all.isEmpty() ? Figures.UNKNOWN : all;
  }

  private static String count(Json.Obj json, String name) {
    return json.integer(name).map(Figures::count).orElse(Figures.UNKNOWN);
  }

  private static Optional<Double> number(Json.Obj json, String name) {
    return json.get(name)
        .flatMap(value ->
            value instanceof Json.Num(double number) ? Optional.of(number) : Optional.empty());
  }

  private static String decimal(Json.Obj json, String name, String format) {
    return number(json, name)
        .map(value -> String.format(Locale.ROOT, format, value))
        .orElse(Figures.UNKNOWN);
  }

  /// A moment that the report writes as ISO 8601.
  private static String moment(Json.Obj json, String name) {
    return json.string(name).map(iso -> Figures.moment(Instant.parse(iso))).orElse(Figures.UNKNOWN);
  }
}
