package dejima.server.cli;

import dejima.residency.BundleReading;
import dejima.residency.PolicyBundle;
import dejima.residency.Rule;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Policy bundles.
@Command(
    name = "policy",
    mixinStandardHelpOptions = true,
    description = "Checks, proves, explains and compares policy bundles.",
    subcommands = {PolicyCommand.Check.class, PolicyProve.class, PolicyCommand.Reload.class})
final class PolicyCommand extends CommandGroup {
  /// Reads a bundle as the server would.
  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = "Reads a bundle as the server would and lists every mistake.")
  static final class Check implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The bundle's directory.")
    private Path directory;

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      return switch (PolicyBundle.load(directory)) {
        case BundleReading.Loaded(PolicyBundle bundle) -> {
          print(bundle, out);
          yield DejimaCommand.DONE;
        }
        case BundleReading.Rejected(var problems) -> {
          problems.forEach(problem -> spec.commandLine().getErr().println(problem.text()));
          spec.commandLine().getErr().flush();
          yield DejimaCommand.FAILED;
        }
      };
    }

    private static void print(PolicyBundle bundle, PrintWriter out) {
      out.println(bundle.id() + " " + bundle.version() + "  " + bundle.title().en());
      out.println("hash " + bundle.hash());
      int longest = bundle.rules().stream().mapToInt(rule -> rule.id().length()).max().orElse(1);
      for (Rule rule : bundle.rules()) {
        out.printf(
            "  %-6s  %-" + longest + "s  %s%n",
            rule.effect().name().toLowerCase(Locale.ROOT),
            rule.id(),
            rule.titleEn());
      }
      out.flush();
    }
  }

  /// Makes a running server read its bundle again.
  @Command(
      name = "reload",
      mixinStandardHelpOptions = true,
      description =
          "Makes the server read the configuration's policy and its bundle again; a bad one never"
              + " replaces a good one.")
  static final class Reload implements Callable<Integer> {
    @Mixin private AdminOptions admin;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      AdminAnswer bundle = AdminAnswer.of(admin.client().post("/admin/v1/policy", "{}"));
      spec.commandLine()
          .getOut()
          .println("in force: " + bundle.string("id") + " " + bundle.string("hash"));
      return DejimaCommand.DONE;
    }
  }
}
