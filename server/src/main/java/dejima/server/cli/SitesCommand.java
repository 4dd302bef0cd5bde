package dejima.server.cli;

import dejima.evidence.Json;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;

/// Sites of a running server.
@Command(
    name = "sites",
    mixinStandardHelpOptions = true,
    description = "Shows the sites behind the gateway.",
    subcommands = SitesCommand.ListSites.class)
final class SitesCommand extends CommandGroup {
  /// Shows every site.
  @Command(name = "list", mixinStandardHelpOptions = true, description = "Shows every site.")
  static final class ListSites extends Listing {
    ListSites() {
      super(
          "sites",
          "%-18s %-28s %-3s %-9s %-3s %-8s %s",
          List.of("SITE", "OPERATOR", "CC", "CONTROL", "EV", "HEALTH", "PERMITTED CLASSES"));
    }

    @Override
    List<String> cells(Json.Obj row) {
      return List.of(
          row.string("id").orElse(""),
          row.string("operator").orElse(""),
          row.string("country").orElse(""),
          row.string("control").orElse(""),
          evidence(row),
          row.string("health").orElse(""),
          permitted(row));
    }

    private static String evidence(Json.Obj row) {
      return row.string("evidence").filter(level -> !level.equals("CONTRADICTED")).orElse("×");
    }

    /// What is wrong with the site's own statement.
    @Override
    Optional<String> warning(Json.Obj row) {
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
