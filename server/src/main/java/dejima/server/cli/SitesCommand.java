package dejima.server.cli;

import dejima.evidence.Json;
import dejima.residency.EvidenceLevel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
          "%-18s %-28s %-3s %-9s %-3s %-8s %-16s %s",
          List.of(
              "SITE",
              "OPERATOR",
              "CC",
              "CONTROL",
              "EV",
              "HEALTH",
              "MEASURED",
              "PERMITTED CLASSES"));
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
          measured(row),
          permitted(row));
    }

    private static String evidence(Json.Obj row) {
      return row.string("evidence").filter(level -> !level.equals("CONTRADICTED")).orElse("×");
    }

    /// The round trips of the landmarks in milliseconds and the age of the newest, or a dash where
    /// nothing counts.
    private static String measured(Json.Obj row) {
      List<Json.Obj> seen =
          row.object("location").stream()
              .flatMap(location -> location.objects("landmarks").stream())
              .filter(landmark -> landmark.get("roundTripMs").isPresent())
              .toList();
      String trips =
          seen.stream()
              .flatMap(landmark -> landmark.get("roundTripMs").stream())
              .map(Json::canonicalText)
              .collect(Collectors.joining(" "));
      return seen.stream()
          .flatMap(landmark -> landmark.integer("secondsAgo").stream())
          .min(Long::compare)
          .map(age -> trips + " ms, " + age + " s")
          .orElse("-");
    }

    /// What speaks against the site, or is wrong with its own statement, and why its place is not
    /// proved.
    @Override
    Optional<String> warning(Json.Obj row) {
      List<String> against =
          row.objects("against").stream()
              .map(one -> one.string("source").orElse("") + ": " + one.string("en").orElse(""))
              .toList();
      List<String> warnings =
          Stream.of(
                  against.isEmpty() ? fault(row) : Optional.of(String.join("; ", against)),
                  unmeasured(row))
              .flatMap(Optional::stream)
              .toList();
      return warnings.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", warnings));
    }

    private static Optional<String> unmeasured(Json.Obj row) {
      return row.object("location")
          .flatMap(location -> location.object("reason"))
          .flatMap(reason -> reason.string("en"))
          .filter(reason -> !reason.isEmpty())
          .map(reason -> "not measured: " + reason);
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
