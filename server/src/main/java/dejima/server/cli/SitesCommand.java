package dejima.server.cli;

import dejima.evidence.Json;
import dejima.residency.EvidenceLevel;
import java.util.Arrays;
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

    /// What speaks against the site, or is wrong with its own statement.
    @Override
    Optional<String> warning(Json.Obj row) {
      List<String> against =
          row.array("against").orElse(List.of()).stream()
              .filter(Json.Obj.class::isInstance)
              .map(Json.Obj.class::cast)
              .map(one -> one.string("source").orElse("") + ": " + one.string("en").orElse(""))
              .toList();
      return against.isEmpty() ? fault(row) : Optional.of(String.join("; ", against));
    }

    private static Optional<String> fault(Json.Obj row) {
      return row.object("fault")
          .flatMap(fault -> fault.string("en"))
          .filter(fault -> !fault.isEmpty())
          .map(fault -> row.string("statement").orElse("") + ": " + fault);
    }

    /// What each level that a site has leaves open.
    @Override
    List<String> footnotes(List<Json.Obj> rows) {
      return Arrays.stream(EvidenceLevel.values())
          .filter(level -> rows.stream().anyMatch(row -> evidence(row).equals(level.sign())))
          .map(level ->
              level.sign()
                  + " "
                  + level.label().en()
                  + " "
                  + level.label().ja()
                  + ": "
                  + level.notProved().en()
                  + " / "
                  + level.notProved().ja())
          .toList();
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
