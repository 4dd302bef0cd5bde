package dejima.server.cli;

import dejima.evidence.Json;
import dejima.residency.DataClass;
import dejima.residency.Decision;
import dejima.residency.Destination.SiteFacts;
import dejima.residency.PolicyBundle;
import dejima.server.console.ClassDecision;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Every data class at every site of a configuration, with the rules that decide.
@Command(
    name = "matrix",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Shows every data class at every site of --config, with the deciding rules.",
    footer = {
      "",
      "Sites are as the configuration declares them, at E0; --evidence, --located, --certified and"
          + " so on suppose otherwise for all of them."
    })
final class PolicyMatrix implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "BUNDLE", description = Bundles.PARAMETER)
  private String name;

  @Mixin private Suppositions suppositions;
  @Mixin private LanguageOption language;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  /// One cell.
  private record Cell(DataClass dataClass, SiteFacts site, Decision decision) {
    Json json() {
      return Json.object()
          .put("class", dataClass.label())
          .put("site", site.id())
          .put("effect", decision.effect().word())
          .put("rules", Json.strings(decision.ruleIds()))
          .build();
    }
  }

  @Override
  public Integer call() {
    List<Cell> cells = cells(Bundles.read(name));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Json rows = Json.array(cells.stream().map(Cell::json).toList());
      out.println(Json.object().put("cells", rows).build().canonicalText());
    } else {
      print(cells, out);
    }
    out.flush();
    return DejimaCommand.DONE;
  }

  private List<Cell> cells(PolicyBundle bundle) {
    List<Cell> cells = new ArrayList<>();
    for (SiteFacts site : suppositions.sites()) {
      for (DataClass dataClass : ClassDecision.SHOWN) {
        Decision decision = bundle.decide(suppositions.request(dataClass), site);
        cells.add(new Cell(dataClass, site, decision));
      }
    }
    return cells;
  }

  private void print(List<Cell> cells, PrintWriter out) {
    String site = "";
    for (Cell cell : cells) {
      SiteFacts facts = cell.site();
      if (!facts.id().equals(site)) {
        site = facts.id();
        out.printf(
            "%s  %s %s %s%n",
            site, facts.country().code(), facts.control().word(), facts.evidence().sign());
      }
      out.printf(
          "  %s  %s  %s%n",
          cell.decision().permits() ? language.of("許可", "permit") : language.of("拒否", "deny  "),
          language.of(cell.dataClass().labelJa(), cell.dataClass().label()),
          String.join(", ", cell.decision().ruleIds()));
    }
  }
}
