package dejima.server.cli;

import dejima.evidence.Json;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Sites of a running server.
@Command(
    name = "sites",
    mixinStandardHelpOptions = true,
    description = "Shows the sites behind the gateway.",
    subcommands = SitesCommand.ListSites.class)
final class SitesCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /// Shows every site.
  @Command(name = "list", mixinStandardHelpOptions = true, description = "Shows every site.")
  static final class ListSites implements Callable<Integer> {
    @Mixin private AdminOptions admin;
    @Spec private CommandSpec spec;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() {
      String answer = GatewayClient.expect(admin.client().get("/admin/v1/sites"));
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(answer);
        return DejimaCommand.DONE;
      }
      out.printf(
          "%-18s %-28s %-3s %-9s %-3s %-8s %s%n",
          "SITE", "OPERATOR", "CC", "CONTROL", "EV", "HEALTH", "PERMITTED CLASSES");
      for (Json site : KeysCommand.Answer.object(answer).array("sites").orElse(List.of())) {
        if (site instanceof Json.Obj row) {
          print(row, out);
        }
      }
      out.flush();
      return DejimaCommand.DONE;
    }

    private static void print(Json.Obj row, PrintWriter out) {
      out.printf(
          "%-18s %-28s %-3s %-9s %-3s %-8s %s%n",
          row.string("id").orElse(""),
          row.string("operator").orElse(""),
          row.string("country").orElse(""),
          row.string("control").orElse(""),
          evidence(row),
          row.string("health").orElse(""),
          permitted(row));
      fault(row).ifPresent(fault -> out.println("  ! " + fault));
    }

    private static String evidence(Json.Obj row) {
      return row.string("evidence").filter(level -> !level.equals("CONTRADICTED")).orElse("×");
    }

    /// What is wrong with the site's own statement.
    private static Optional<String> fault(Json.Obj row) {
      return row.object("fault")
          .flatMap(fault -> fault.string("en"))
          .filter(fault -> !fault.isEmpty())
          .map(fault -> row.string("statement").orElse("") + ": " + fault);
    }

    private static String permitted(Json.Obj row) {
      StringBuilder classes = new StringBuilder();
      row.object("permits")
          .ifPresent(permits ->
              permits.forEach((label, permit) -> {
                if (permit.equals(Json.of(true))) {
                  classes.append(classes.isEmpty() ? "" : " ").append(label);
                }
              }));
      return classes.isEmpty() ? "none" : classes.toString();
    }
  }
}
