package dejima.server.cli;

import dejima.evidence.Json;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A drill's report for people.
final class DrillText {
  private static final int MOST_LINES = 40;

  private final LanguageOption lang;
  private final Json.Obj report;
  private final Json.Obj names;
  private final AdminAnswer answer;

  DrillText(LanguageOption lang, AdminAnswer answer) {
    this.lang = lang;
    this.answer = answer;
    this.report = answer.object().object("report").orElseGet(() -> Json.object().build());
    this.names = answer.object().object("names").orElseGet(() -> Json.object().build());
  }

  private String say(String ja, String en) {
    return lang.of(ja, en);
  }

  void print(PrintWriter out) {
    out.println(
        say("撤退訓練", "Withdrawal drill")
            + ": "
            + report.string("operator").orElse("")
            + " ("
            + texts(report, "sites")
            + ")  "
            + report.string("at").orElse(""));
    Optional<String> state = report.string("state");
    if (state.isPresent()) {
      out.println(
          say("終わらなかった", "It came to no end")
              + " ("
              + state.get()
              + "): "
              + report.string("reason").orElse(""));
      entry(out);
      return;
    }
    report.object("numbers").ifPresent(numbers -> new DrillNumbers(lang, numbers).print(out));
    history(out);
    stranded(out);
    load(out);
    out.println(
        say("予約容量", "Reserved capacity")
            + ": "
            + report
                .object("reserved")
                .flatMap(reserved -> reserved.string(say("noteJa", "note")))
                .orElse(""));
    rehearsal(out);
    entry(out);
  }

  private void entry(PrintWriter out) {
    out.println(say("報告書", "Report") + ": " + answer.string("hash"));
    answer
        .object()
        .integer("index")
        .ifPresent(index ->
            out.println(
                say("ログの項目", "Log entry")
                    + ": "
                    + report.string("id").orElse("")
                    + ", "
                    + say("番号", "index")
                    + " "
                    + index));
  }

  private void history(PrintWriter out) {
    Json.Obj history = report.object("history").orElseGet(() -> Json.object().build());
    long requests = history.integer("requests").orElse(0L);
    if (requests == 0) {
      out.println(
          say(
              "過去30日の記録がないため、負荷は分からない。",
              "The log has no request of the last 30 days, so nothing is known of the load."));
      return;
    }
    out.printf(
        say(
            "過去30日: 要求 %d 件、うちこの事業者が応答 %d 件%n",
            "Last 30 days: %d requests, %d answered by this operator%n"),
        requests,
        history.integer("carriedByOperator").orElse(0L));
  }

  private void stranded(PrintWriter out) {
    List<Json.Obj> rows =
        Stream.concat(objects(report, "works").stream(), objects(report, "matrix").stream())
            .filter(row -> row.get("stranded").filter(Json.of(true)::equals).isPresent())
            .toList();
    if (rows.isEmpty()) {
      out.println(say("行き場を失うものはない。", "Nothing would be stranded."));
      return;
    }
    out.println(say("許可された拠点がなくなるもの:", "No permitted site would be left for:"));
    rows.stream().limit(MOST_LINES).forEach(row -> strandedRow(row, out));
    if (rows.size() > MOST_LINES) {
      out.println(
          "  … " + (rows.size() - MOST_LINES) + say(" 件（--json で全件）", " more (--json has all)"));
    }
  }

  private void strandedRow(Json.Obj row, PrintWriter out) {
    String whose =
        row.string("tenant")
            .map(tenant ->
                "  "
                    + names.string(tenant).orElse(tenant)
                    + "/"
                    + row.string("project").orElse("")
                    + "  "
                    + row.integer("requests").orElse(0L)
                    + say(" 件", " requests"))
            .orElse("");
    out.println(
        "  "
            + row.string(say("dataClassJa", "dataClass")).orElse("")
            + "  "
            + row.string("model").orElse("")
            + "  "
            + row.string("operation").orElse("")
            + whose);
    for (Json.Obj refusal : objects(row, "refusals")) {
      out.println(
          "      "
              + refusal.string("site").orElse("")
              + ": "
              + texts(refusal, "rules")
              + " — "
              + refusal.string(say("reasonJa", "reason")).orElse(""));
    }
  }

  private void load(PrintWriter out) {
    if (objects(report, "load").isEmpty()) {
      out.println(say("残る拠点はない。", "No site would remain."));
      return;
    }
    out.println(
        say("残る拠点の負荷（最も忙しい1時間）:", "What the remaining sites would carry, in the busiest hour:"));
    for (Json.Obj site : objects(report, "load")) {
      out.printf(
          Locale.ROOT,
          "  %-20s %8.3f %s  %9.2f %s  %s%n",
          site.string("id").or(() -> site.string("site")).orElse(""),
          number(site, "requestsPerSecond").orElse(0),
          say("要求/秒", "requests/s"),
          number(site, "tokensPerSecond").orElse(0),
          say("トークン/秒", "tokens/s"),
          utilisation(site));
    }
  }

  private String utilisation(Json.Obj site) {
    OptionalDouble share = number(site, "utilisation");
    return share.isEmpty()
        ? say("同時処理数は不明", "it does not say how many it takes at once")
        : String.format(
            Locale.ROOT,
            say("同時 %.2f / %d（%.0f%%）", "%.2f of %d at once (%.0f%%)"),
            number(site, "atOnce").orElse(0),
            site.integer("takesAtOnce").orElse(0L),
            share.getAsDouble() * 100);
  }

  private void rehearsal(PrintWriter out) {
    Optional<Json.Obj> rehearsal = report.object("rehearsal");
    if (rehearsal.isEmpty()) {
      out.println(
          say(
              "この事業者に許可された用途がないため、切替は訓練していない。",
              "Nothing is permitted at this operator, so no switch was rehearsed."));
      return;
    }
    out.println(say("切替の実測（影のゲートウェイ）:", "The switch, measured on a shadow of the gateway:"));
    List<Json.Obj> switches = objects(rehearsal.get(), "switches");
    for (Json.Obj one : switches.stream().limit(MOST_LINES).toList()) {
      out.printf(
          say(
              "  %-34s %-22s 最初の成功 %10s ms  失敗 %d  拒否 %d%n",
              "  %-34s %-22s first success %10s ms  failed %d  refused %d%n"),
          one.string(say("dataClassJa", "dataClass")).orElse(""),
          one.string("model").orElse(""),
          milliseconds(one),
          one.integer("failed").orElse(0L),
          one.integer("refused").orElse(0L));
    }
    if (switches.size() > MOST_LINES) {
      out.println(
          "  … "
              + (switches.size() - MOST_LINES)
              + say(" 件（--json で全件）", " more (--json has all)"));
    }
    List<Json.Obj> leftOut = objects(rehearsal.get(), "leftOut");
    if (!leftOut.isEmpty()) {
      out.println(
          say(
              "時間（%d秒）が足りず訓練しなかった用途 %d 件:".formatted(seconds(rehearsal.get()), leftOut.size()),
              "Not rehearsed within %d seconds, %d kinds of work:"
                  .formatted(seconds(rehearsal.get()), leftOut.size())));
      leftOut.stream()
          .limit(MOST_LINES)
          .forEach(one ->
              out.println(
                  "  "
                      + one.string(say("dataClassJa", "dataClass")).orElse("")
                      + "  "
                      + one.string("model").orElse("")));
    }
  }

  private static long seconds(Json.Obj rehearsal) {
    return rehearsal.integer("budgetSeconds").orElse(0L);
  }

  private String milliseconds(Json.Obj one) {
    OptionalDouble ms = number(one, "firstSuccessMs");
    return ms.isEmpty() ? say("なし", "none") : String.format(Locale.ROOT, "%.1f", ms.getAsDouble());
  }

  /// The slowest switch in milliseconds; a dash where there is none, or one never succeeded.
  static String slowest(List<Json> switches) {
    List<OptionalDouble> all =
        switches.stream()
            .filter(Json.Obj.class::isInstance)
            .map(one -> number((Json.Obj) one, "firstSuccessMs"))
            .toList();
    return all.isEmpty() || all.stream().anyMatch(OptionalDouble::isEmpty)
        ? "-"
        : String.format(
            Locale.ROOT,
            "%.1f",
            all.stream().mapToDouble(OptionalDouble::getAsDouble).max().orElse(0));
  }

  private static OptionalDouble number(Json.Obj object, String name) {
    return object.get(name).orElse(Json.nullValue()) instanceof Json.Num(double value)
        ? OptionalDouble.of(value)
        : OptionalDouble.empty();
  }

  private static List<Json.Obj> objects(Json.Obj object, String name) {
    return object.array(name).orElse(List.of()).stream()
        .filter(Json.Obj.class::isInstance)
        .map(Json.Obj.class::cast)
        .toList();
  }

  private static String texts(Json.Obj object, String name) {
    return object.array(name).orElse(List.of()).stream()
        .map(text -> text instanceof Json.Str(String value) ? value : "")
        .collect(Collectors.joining(", "));
  }
}
