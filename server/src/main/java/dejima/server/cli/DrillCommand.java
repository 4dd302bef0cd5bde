package dejima.server.cli;

import dejima.evidence.Json;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Drills of a running server.
@Command(
    name = "drill",
    mixinStandardHelpOptions = true,
    description = "Rehearses doing without an operator.",
    subcommands = {
      DrillCommand.Withdraw.class,
      DrillCommand.ListDrills.class,
      DrillCommand.Show.class
    })
final class DrillCommand extends CommandGroup {
  /// Something would have nowhere to go.
  static final int STRANDED = 4;

  /// Takes an operator away.
  @Command(
      name = "withdraw",
      mixinStandardHelpOptions = true,
      description = {
        "What happens if an operator is gone: which models and data classes would have no permitted"
            + " site left, what the other sites would carry, and how long the switch takes, measured"
            + " on a shadow of the gateway with a few short requests. The report is recorded in the"
            + " log; production traffic is not touched.",
        "Everything that the operator may do is rehearsed, the most asked first, as far as --seconds"
            + " suffices; the report names what was left out. It knows the log of this node alone:"
            + " with several, hold it on each, one after the other.",
        "Exit codes: 0 nothing would be stranded, 4 something would, or would be left only at sites"
            + " that are down, 1 it did not work."
      })
  static final class Withdraw implements Callable<Integer> {
    @Mixin private AdminOptions admin;
    @Spec private CommandSpec spec;

    @Parameters(
        paramLabel = "OPERATOR",
        description = "The operator's name, as 'sites list' shows it.")
    private String operator;

    @Option(names = "--site", description = "Takes only this one of its sites away.")
    private Optional<String> site;

    @Option(
        names = "--seconds",
        defaultValue = "60",
        description = "How long to rehearse at most, 1 to 600 (default: ${DEFAULT-VALUE}).")
    private long seconds;

    @Mixin private LanguageOption language;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() {
      Json.Members request = Json.object().put("operator", operator).put("seconds", seconds);
      site.ifPresent(one -> request.put("site", one));
      AdminAnswer answer =
          AdminAnswer.of(admin.client().post("/admin/v1/drills", request.build().canonicalText()));
      print(answer, json, language, spec.commandLine().getOut());
      return strands(answer) ? STRANDED : DejimaCommand.DONE;
    }
  }

  private static boolean strands(AdminAnswer answer) {
    return answer
        .object()
        .object("report")
        .flatMap(report -> report.get("strands"))
        .filter(Json.of(true)::equals)
        .isPresent();
  }

  private static void print(
      AdminAnswer answer, boolean json, LanguageOption language, PrintWriter out) {
    if (json) {
      out.println(answer.text());
    } else {
      new DrillText(language, answer).print(out);
    }
    out.flush();
  }

  /// Lists the drills.
  @Command(name = "list", mixinStandardHelpOptions = true, description = "Shows the newest drills.")
  static final class ListDrills extends Listing {
    ListDrills() {
      super(
          "drills",
          "%-22.19s %-30s %-12s %-10s %s",
          List.of("HELD", "OPERATOR", "STRANDS", "SWITCH MS", "REPORT"));
    }

    @Override
    List<String> cells(Json.Obj row) {
      return List.of(
          row.string("at").orElse(""),
          row.string("operator").orElse(""),
          row.string("state")
              .orElseGet(() ->
                  row.get("strands").filter(Json.of(true)::equals).isPresent() ? "yes" : "no"),
          DrillText.slowest(row.array("switches").orElse(List.of())),
          row.string("hash").orElse(""));
    }
  }

  /// Shows one.
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows a drill's report, and the entry of the log that records it.")
  static final class Show implements Callable<Integer> {
    @Mixin private AdminOptions admin;
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "REPORT", description = "The report's hash, as 'drill list' shows it.")
    private String hash;

    @Mixin private LanguageOption language;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() {
      String path = "/admin/v1/drills/" + URLEncoder.encode(hash, StandardCharsets.UTF_8);
      print(AdminAnswer.of(admin.client().get(path)), json, language, spec.commandLine().getOut());
      return DejimaCommand.DONE;
    }
  }
}
