package dejima.bench.report;

import dejima.bench.measure.Entrant;
import dejima.bench.measure.Measure;
import dejima.bench.measure.Outcome;
import dejima.bench.measure.Plan;
import dejima.bench.measure.Statistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/// The results as a page to read: what was measured, where, how to repeat it.
///
/// @param report what to write
public record MarkdownReport(Report report) {
  private static final String FLOOR = "nginx";
  private static final String NOTHING = "—";
  private static final double PERCENT = 100;

  /// The whole page.
  ///
  /// @return Markdown that ends with a line end
  public String text() {
    return String.join(
        "\n",
        "# Benchmark results",
        "",
        head(),
        "",
        table(),
        "",
        evidence(),
        decisions(),
        checks(),
        Prose.METHOD,
        "## Who was measured",
        "",
        contenders(),
        "",
        Prose.DIFFERENCES,
        Prose.REPEAT);
  }

  private String head() {
    Machine machine = report.machine();
    Plan plan = report.plan();
    Outcome outcome = report.outcome();
    return """
    %s, %d × %s, %,d MB memory, %s, JDK %s. Medians of %d alternating rounds of %d s each; in brackets the ratio to
    nginx. Load average before the run: %s. Other programs used %s of the machine's CPU time while figures were taken
    (median; at most %s in one turn).
    """
        .formatted(
            machine.date(),
            machine.processors(),
            machine.processor(),
            machine.memoryMegabytes(),
            machine.system(),
            machine.java(),
            plan.rounds(),
            plan.turn().toSeconds(),
            machine.loadBefore(),
            percent(Statistics.median(outcome.othersShare())),
            percent(outcome.othersShare().stream().mapToDouble(share -> share).max()))
        .strip();
  }

  private String table() {
    List<String> names = report.outcome().entrants().stream().map(Entrant::name).toList();
    List<String> lines = new ArrayList<>();
    lines.add("| | " + String.join(" | ", names) + " |");
    lines.add("|---|" + "---:|".repeat(names.size()));
    for (Measure measure : Measure.values()) {
      if (measure.scale() != Measure.Scale.RAW) {
        lines.add(row(measure, names));
      }
    }
    return String.join("\n", lines);
  }

  private String row(Measure measure, List<String> names) {
    String unit = measure.unit().symbol();
    String title = unit.isEmpty() ? measure.title() : measure.title() + ", " + unit;
    return names.stream()
        .map(name -> cell(name, measure))
        .collect(Collectors.joining(" | ", "| " + title + " | ", " |"));
  }

  private String cell(String name, Measure measure) {
    OptionalDouble median = report.outcome().samples().median(name, measure);
    if (median.isEmpty()) {
      return NOTHING;
    }
    String value =
        String.format(Locale.ROOT, "%,." + measure.unit().digits() + "f", median.getAsDouble());
    OptionalDouble ratio = report.outcome().samples().ratio(name, FLOOR, measure);
    return measure.scale() == Measure.Scale.RATIO && ratio.isPresent()
        ? value + String.format(Locale.ROOT, " (%.2f)", ratio.getAsDouble())
        : value;
  }

  private String evidence() {
    return report.evidence().map(EvidenceSection::text).orElse("");
  }

  private String decisions() {
    return report.decisions().map(DecisionSection::text).orElse("");
  }

  private String checks() {
    return report.checks().map(CheckSection::text).orElse("");
  }

  private String contenders() {
    return report.outcome().entrants().stream()
        .map(MarkdownReport::paragraph)
        .collect(Collectors.joining("\n"));
  }

  private static String paragraph(Entrant entrant) {
    String remark = entrant.remark().isEmpty() ? "" : " **" + entrant.remark() + ".**";
    return "- **%s** (%s). %s%s"
        .formatted(entrant.name(), entrant.version(), entrant.setup(), remark);
  }

  private static String percent(OptionalDouble share) {
    return share.isPresent()
        ? String.format(Locale.ROOT, "%.1f %%", share.getAsDouble() * PERCENT)
        : "an unknown share";
  }
}
