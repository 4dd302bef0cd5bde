package dejima.server.cli.demo;

import dejima.audit.RecordedDecision;
import dejima.evidence.Json;
import dejima.evidence.Reading;
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
    switch (RecordedDecision.read(body, receipt.documents().siteFacts())) {
      case Reading.Read<List<RecordedDecision>>(List<RecordedDecision> decisions) ->
          decisions.forEach(decided -> print(decided, titles, out));
      case Reading.Unreadable<List<RecordedDecision>>(String reason) -> out.println("  " + reason);
    }
    body.object("policy")
        .flatMap(policy -> policy.object("notice"))
        .ifPresent(notice -> {
          out.println();
          out.println("  " + notice.string("ja").orElse(""));
          out.println("  " + notice.string("en").orElse(""));
        });
  }

  private static void print(
      RecordedDecision decided, Map<String, LocalText> titles, PrintWriter out) {
    boolean permitted = decided.effect().equals("permit");
    out.printf(
        "  %s %-18s %s, control %-8s %s%n",
        permitted ? "permit ○" : "deny   ×",
        decided.site().id(),
        decided.site().country().code(),
        decided.site().control().word(),
        decided.site().evidence().name());
    for (String id : decided.rules()) {
      LocalText title = titles.getOrDefault(id, new LocalText("", ""));
      out.printf("             rule %s: %s／%s%n", id, title.en(), title.ja());
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
