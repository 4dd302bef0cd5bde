package dejima.server.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The register of persons, sites and models.
@Command(
    name = "register",
    mixinStandardHelpOptions = true,
    description =
        "Checks, compares, signs and explains the register of operators, sites and models.",
    subcommands = {
      RegisterCheck.class,
      RegisterShow.class,
      RegisterDiffCommand.class,
      RegisterExplain.class,
      RegisterKey.class,
      RegisterSign.class,
      RegisterCommand.Reload.class
    })
final class RegisterCommand extends CommandGroup {
  /// Makes a running server read its register again.
  @Command(
      name = "reload",
      mixinStandardHelpOptions = true,
      description =
          "Makes the server read its register again; only the next version with two signatures"
              + " replaces the one in force.")
  static final class Reload implements Callable<Integer> {
    @Mixin private AdminOptions admin;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      AdminAnswer register = AdminAnswer.of(admin.client().post("/admin/v1/register", "{}"));
      PrintWriter out = spec.commandLine().getOut();
      out.println("in force: " + register.string("register") + " " + register.string("hash"));
      out.flush();
      return DejimaCommand.DONE;
    }
  }
}
