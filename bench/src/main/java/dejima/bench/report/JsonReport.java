package dejima.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dejima.bench.measure.Entrant;
import dejima.bench.measure.Measure;
import dejima.bench.measure.Outcome;
import dejima.bench.measure.Plan;
import java.util.List;
import java.util.Locale;

/// The results as JSON: every figure of every round.
///
/// @param report what to write
public record JsonReport(Report report) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// The whole document.
  ///
  /// @return indented JSON that ends with a line end
  public String text() {
    ObjectNode root = JSON.createObjectNode();
    Plan plan = report.plan();
    Outcome outcome = report.outcome();
    machine(root.putObject("machine"));
    root.putObject("plan")
        .put("rounds", plan.rounds())
        .put("turnMillis", plan.turn().toMillis())
        .put("warmUpMillis", plan.warmUp().toMillis())
        .put("coldStarts", plan.coldStarts())
        .put("openStreams", plan.openStreams());
    ObjectNode contenders = root.putObject("contenders");
    outcome.entrants().forEach(entrant -> entrant(contenders.putObject(entrant.name()), entrant));
    outcome.othersShare().forEach(root.putArray("othersShare")::add);
    report.evidence().ifPresent(figures -> root.set("evidence", JSON.valueToTree(figures)));
    report.decisions().ifPresent(figures -> root.set("decisions", JSON.valueToTree(figures)));
    report.checks().ifPresent(figures -> root.set("checks", JSON.valueToTree(figures)));
    return root.toPrettyString() + "\n";
  }

  private void machine(ObjectNode node) {
    Machine machine = report.machine();
    node.put("date", machine.date().toString())
        .put("processor", machine.processor())
        .put("processors", machine.processors())
        .put("memoryMegabytes", machine.memoryMegabytes())
        .put("system", machine.system())
        .put("java", machine.java())
        .put("loadBefore", machine.loadBefore());
  }

  private void entrant(ObjectNode node, Entrant entrant) {
    node.put("version", entrant.version()).put("remark", entrant.remark());
    ObjectNode measures = node.putObject("measures");
    for (Measure measure : Measure.values()) {
      List<Double> rounds = report.outcome().samples().of(entrant.name(), measure);
      if (!rounds.isEmpty()) {
        ObjectNode figures = measures.putObject(measure.name().toLowerCase(Locale.ROOT));
        figures.put("unit", measure.unit().symbol());
        report
            .outcome()
            .samples()
            .median(entrant.name(), measure)
            .ifPresent(median -> figures.put("median", median));
        report
            .outcome()
            .samples()
            .ratio(entrant.name(), "nginx", measure)
            .ifPresent(ratio -> figures.put("ratioToNginx", ratio));
        rounds.forEach(figures.putArray("rounds")::add);
      }
    }
  }
}
