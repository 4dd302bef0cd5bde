package dejima.server.console;

import dejima.evidence.Json;
import dejima.evidence.Kind;
import dejima.evidence.LoggedEntry;
import dejima.residency.DataClass;
import dejima.residency.DataClassReading;
import dejima.server.console.Frame.Content;
import dejima.server.console.ReceiptSearch.Found;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The page on which recorded requests are looked for. It shows what stands in the entries and
/// nothing else.
final class ReceiptsPage {
  /// The fields of its form, besides where a page begins.
  static final List<String> FIELDS =
      List.of("id", "from", "until", "tenant", "model", "site", "class", "kind");

  private final Words words;
  private final Template page;
  private final Template row;
  private final Template check;
  private final Template more;
  private final Template option;

  ReceiptsPage(Words words) {
    this.words = words;
    this.page = Template.read("receipts", words);
    this.row = Template.read("receipt", words);
    this.check = Template.read("receipt-check", words);
    this.more = Template.read("receipts-more", words);
    this.option = Template.read("option", words);
  }

  /// What was found for the fields of the form.
  Content content(Map<String, String> given, Found found) {
    return content(given, found, "");
  }

  /// What is wrong with them.
  Content mistaken(Map<String, String> given, String field) {
    String mistake = words.get("receipts.mistake").formatted(words.get("receipts." + field));
    return content(given, new Found(List.of(), 0, Optional.empty()), mistake);
  }

  private Content content(Map<String, String> given, Found found, String mistake) {
    Map<String, String> fields = new HashMap<>();
    FIELDS.forEach(name -> fields.put(name, given.getOrDefault(name, "")));
    fields.put("mistake", mistake);
    Html rows = found.entries().stream().map(this::row).collect(Html.joined());
    return Content.of(
        Tab.RECEIPTS,
        page.fill(
            fields,
            Map.of(
                "classes", classes(fields.getOrDefault("class", "")),
                "kinds", kinds(fields.getOrDefault("kind", "")),
                "rows", rows,
                "more", more(given, found))));
  }

  private Html classes(String chosen) {
    return Stream.concat(
            Stream.of(option("", words.get("receipts.any"), chosen)),
            ClassDecision.SHOWN.stream().map(shown -> option(shown, chosen)))
        .collect(Html.joined());
  }

  private Html option(DataClass shown, String chosen) {
    // A marker alone finds it at every level.
    String label =
        shown.markers().isEmpty()
            ? shown.level().label()
            : shown.markers().iterator().next().label();
    return option(label, RequestView.dataClass(shown, words), chosen);
  }

  private Html kinds(String chosen) {
    return Stream.of("", "outcome", "refusal")
        .map(kind ->
            option(kind, words.get(kind.isEmpty() ? "receipts.any" : "entry." + kind), chosen))
        .collect(Html.joined());
  }

  private Html option(String value, String name, String chosen) {
    Html markup = option.fill(Map.of("value", value, "name", name));
    return value.equals(chosen)
        ? new Html(markup.text().replaceFirst("<option", "<option selected"))
        : markup;
  }

  private Html row(LoggedEntry entry) {
    Json.Obj body = entry.body();
    String id = body.string("id").orElse("");
    Instant time = Instant.ofEpochMilli(body.integer("time").orElse(0L));
    String kind = body.string("kind").orElse("");
    Optional<DataClass> dataClass = dataClass(body);
    Map<String, String> fields = new HashMap<>();
    fields.put("index", Long.toString(entry.index()));
    fields.put("iso", Figures.iso(time));
    fields.put("time", Figures.moment(time));
    fields.put("kind", kind);
    fields.put("kindText", words.get("entry", kind));
    fields.put("id", id);
    fields.put("idShort", Figures.shortened(id, 5, 8));
    fields.put("tenant", said(body, "tenant"));
    fields.put("model", said(body, "model"));
    fields.put("classId", said(body, "dataClass"));
    fields.put(
        "class", dataClass.map(one -> RequestView.dataClass(one, words)).orElse(Figures.UNKNOWN));
    fields.put("level", dataClass.map(one -> Integer.toString(one.level().level())).orElse(""));
    fields.put("sites", sites(body));
    fields.put("end", end(body));
    fields.put("body", Indented.text(body));
    return row.fill(fields, Map.of("check", check(entry, id)));
  }

  private Html check(LoggedEntry entry, String id) {
    boolean ends = entry.is(Kind.OUTCOME) || entry.is(Kind.REFUSAL);
    return ends ? check.fill(Map.of("id", id)) : Html.NONE;
  }

  private static Optional<DataClass> dataClass(Json.Obj body) {
    return body.string("dataClass")
        .flatMap(label ->
            switch (DataClass.read(label)) {
              case DataClassReading.Read(DataClass read) -> Optional.of(read);
              case DataClassReading.Unreadable _ -> Optional.empty();
            });
  }

  private static String said(Json.Obj body, String name) {
    return body.string(name).map(ScreenText::of).orElse(Figures.UNKNOWN);
  }

  /// The sites of the attempts, or the site of an intent.
  private static String sites(Json.Obj body) {
    List<String> attempts = ReceiptQuery.sites(body);
    return attempts.isEmpty()
        ? body.object("site").flatMap(site -> site.string("id")).orElse(Figures.UNKNOWN)
        : String.join(" → ", attempts);
  }

  private String end(Json.Obj body) {
    String status = body.integer("status").map(code -> " " + code).orElse("");
    return body.string("finish")
        .map(finish -> words.get("finish", finish) + status)
        .or(() -> body.string("reason").map(reason -> reason + status))
        .orElse(Figures.UNKNOWN);
  }

  private Html more(Map<String, String> given, Found found) {
    if (found.below() == 0) {
      return Html.NONE;
    }
    String query =
        FIELDS.stream()
            .filter(name -> !given.getOrDefault(name, "").isEmpty())
            .map(name ->
                name
                    + "="
                    + URLEncoder.encode(given.getOrDefault(name, ""), StandardCharsets.UTF_8)
                    + "&")
            .collect(Collectors.joining());
    return more.fill(
        Map.of(
            "address",
            "/receipts?" + query + "below=" + found.below(),
            "reached",
            found.reached().map(Figures::moment).orElse("")));
  }
}
