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

/// Shows what a receipt says of every site, with the titles of the rules that decided.
final class DecisionTable {
  private DecisionTable() {}

  static void print(Receipt receipt, PrintWriter out) {
    Json.Obj body =
        receipt.intents().isEmpty() ? receipt.body() : receipt.intents().getLast().body();
    PolicyBundle policy = policy(receipt);
    switch (RecordedDecision.read(body, receipt.documents().siteFacts())) {
      case Reading.Read<List<RecordedDecision>>(List<RecordedDecision> decisions) ->
          decisions.forEach(decided -> print(decided, policy, out));
      case Reading.Unreadable<List<RecordedDecision>>(String reason) -> out.println("  " + reason);
    }
    body.object("policy")
        .flatMap(named -> named.object("notice"))
        .ifPresent(notice -> {
          out.println();
          out.println("  " + notice.string("ja").orElse(""));
          out.println("  " + notice.string("en").orElse(""));
        });
  }

  private static void print(RecordedDecision decided, PolicyBundle policy, PrintWriter out) {
    boolean permitted = decided.effect().equals("permit");
    out.printf(
        "  %s %-18s %s, control %-8s %s%n",
        permitted ? "permit ○" : "deny   ×",
        decided.site().id(),
        decided.site().country().code(),
        decided.site().control().word(),
        decided.site().evidence().name());
    for (String id : decided.rules()) {
      LocalText title = policy.rule(id).map(Rule::title).orElseGet(() -> new LocalText("", ""));
      out.printf("             rule %s: %s／%s%n", id, title.en(), title.ja());
    }
  }

  private static PolicyBundle policy(Receipt receipt) {
    return switch (PolicyBundle.of(receipt.policyFiles())) {
      case BundleReading.Loaded(PolicyBundle bundle) -> bundle;
      case BundleReading.Rejected _ -> PolicyBundle.none();
    };
  }
}
