package dejima.server.cli;

import dejima.evidence.Approvers;
import dejima.evidence.Json;
import dejima.register.Register;
import dejima.register.RegisterApproval;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Reads a register as the server would.
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Reads a register as the server would and lists every mistake, and the facts that have"
          + " expired or will within 30 days.",
      "With --approver, also whether two of these people have signed it."
    })
final class RegisterCheck implements Callable<Integer> {
  private static final int SOON_DAYS = 30;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "The register's directory.")
  private Path directory;

  @Mixin private ApproverOptions approvers;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Override
  public Integer call() {
    Register register = Registers.read(directory);
    Approvers.Verdict verdict = RegisterApproval.judge(register, approvers.people());
    List<String> ending = ending(register, Instant.now());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(asJson(register, verdict, ending).canonicalText());
    } else {
      out.println(register.head().name() + " version " + register.head().version());
      out.println("hash " + register.hash());
      out.printf(
          "%d persons, %d sites, %d models%n",
          register.persons().size(), register.sites().size(), register.models().size());
      ending.forEach(line -> out.println("  ! " + line));
      out.println(approvers.text(verdict));
    }
    out.flush();
    return approvers.exitCode(verdict);
  }

  private static List<String> ending(Register register, Instant now) {
    Instant soon = now.plus(Duration.ofDays(SOON_DAYS));
    return register.facts().stream()
        .filter(placed -> placed.fact().until().isBefore(soon))
        .map(placed ->
            placed.of()
                + ": "
                + placed.name()
                + (placed.fact().until().isAfter(now) ? " expires after " : " expired after ")
                + placed.fact().expires())
        .toList();
  }

  private static Json asJson(Register register, Approvers.Verdict verdict, List<String> ending) {
    Json.Members members =
        Json.object()
            .put("register", register.head().name())
            .put("version", register.head().version())
            .put("hash", register.hash())
            .put("ending", Json.strings(ending));
    switch (verdict) {
      case Approvers.Verdict.Approved(List<String> people) ->
          members.put("approvedBy", Json.strings(people));
      case Approvers.Verdict.Lacking(String reason) -> members.put("notApproved", reason);
    }
    return members.build();
  }
}
