package dejima.server.cli;

import dejima.evidence.Json;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/// A drill's few numbers, one line each, before everything else.
///
/// @param lang of the words
/// @param numbers as the report has them
record DrillNumbers(LanguageOption lang, Json.Obj numbers) {
  void print(PrintWriter out) {
    line("テナント（過去30日に利用）", "tenants that asked in the last 30 days", "tenants", out);
    line("モデル", "models", "models", out);
    line("データ区分", "data classes", "classes", out);
    line("要求（過去30日）", "requests of the last 30 days", "requests", out);
    long left = numbers.integer("sitesLeft").orElse(0L);
    out.println(
        lang.of(
            "残る拠点 %d、うち稼働中 %d".formatted(left, up()),
            "%d sites left, %d of them up".formatted(left, up())));
    List<Json> over = numbers.array("overloaded").orElse(List.of());
    if (!over.isEmpty()) {
      String names =
          String.join(
              ", ",
              over.stream().map(one -> one instanceof Json.Str(String id) ? id : "").toList());
      out.println(
          lang.of(
              "負荷に耐えない拠点: " + names,
              "sites that would have more than they say they take: " + names));
    }
    if (numbers.get("slowestSwitchMs").orElse(Json.nullValue()) instanceof Json.Num(double ms)) {
      long none = numbers.integer("switchesWithoutSuccess").orElse(0L);
      out.println(
          lang.of(
              String.format(Locale.ROOT, "切替は最長 %.1f ms、切り替わらなかった用途 %d", ms, none),
              String.format(
                  Locale.ROOT,
                  "the switch took %.1f ms at the longest; %d kinds of work did not come over",
                  ms,
                  none)));
    }
  }

  private long up() {
    return numbers.integer("sitesLeftUp").orElse(0L);
  }

  private void line(String ja, String en, String name, PrintWriter out) {
    Json.Obj pair = numbers.object(name).orElseGet(() -> Json.object().build());
    long known = pair.integer("known").orElse(0L);
    long stranded = pair.integer("stranded").orElse(0L);
    long silent = pair.integer("onlyAtSitesThatAreDown").orElse(0L);
    out.println(
        lang.of(
            "%s: %d のうち %d が許可された拠点を失う%s"
                .formatted(
                    ja, known, stranded, silent == 0 ? "" : "、ほかに " + silent + " は停止中の拠点しか残らない"),
            "%s: %d of %d lose their last permitted site%s"
                .formatted(
                    en,
                    stranded,
                    known,
                    silent == 0 ? "" : "; " + silent + " keep only sites that are down")));
  }
}
