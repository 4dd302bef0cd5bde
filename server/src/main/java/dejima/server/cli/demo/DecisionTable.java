package dejima.server.cli.demo;

import dejima.evidence.Json;
import dejima.evidence.Receipt;
import dejima.residency.BundleReading;
import dejima.residency.LocalText;
import dejima.residency.PolicyBundle;
import dejima.residency.Rule;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Shows what a receipt says of every site, with the titles of the rules that decided.
final class DecisionTable {
  private DecisionTable() {}

  static void print(Receipt receipt, PrintWriter out) {
    Json.Obj body =
        receipt.intents().isEmpty() ? receipt.body() : receipt.intents().getLast().body();
    Map<String, LocalText> titles = titles(receipt);
    for (Json decision : body.array("decisions").orElse(List.of())) {
      if (decision instanceof Json.Obj row) {
        print(row, titles, out);
      }
    }
    body.object("policy")
        .flatMap(policy -> policy.object("notice"))
        .ifPresent(notice -> {
          out.println();
          out.println("  " + notice.string("ja").orElse(""));
          out.println("  " + notice.string("en").orElse(""));
        });
  }

  private static void print(Json.Obj row, Map<String, LocalText> titles, PrintWriter out) {
    boolean permitted = row.string("effect").orElse("").equals("permit");
    out.printf(
        "  %s %-18s %s, control %-8s %s%n",
        permitted ? "permit ○" : "deny   ×",
        row.string("site").orElse(""),
        row.string("country").orElse(""),
        row.string("control").orElse(""),
        row.string("evidence").orElse(""));
    for (Json rule : row.array("rules").orElse(List.of())) {
      if (rule instanceof Json.Str(String id)) {
        LocalText title = titles.getOrDefault(id, new LocalText("", ""));
        out.printf("             rule %s: %s／%s%n", id, title.en(), title.ja());
      }
    }
  }

  private static Map<String, LocalText> titles(Receipt receipt) {
    return switch (PolicyBundle.of(receipt.policyFiles())) {
      case BundleReading.Loaded(PolicyBundle bundle) ->
          bundle.rules().stream().collect(Collectors.toMap(Rule::id, Rule::title));
      case BundleReading.Rejected _ -> Map.of();
    };
  }
}
