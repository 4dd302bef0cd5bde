package dejima.server.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Policy bundles.
@Command(
    name = "policy",
    mixinStandardHelpOptions = true,
    description = "Checks, proves, explains, compares and signs policy bundles.",
    subcommands = {
      PolicyCheck.class,
      PolicyProve.class,
      PolicyExplain.class,
      PolicyDiff.class,
      PolicyMatrix.class,
      PolicyReplayCommand.class,
      PolicyKey.class,
      PolicySign.class,
      PolicyCommand.Reload.class
    })
final class PolicyCommand extends CommandGroup {
  /// Makes a running server read its bundle again.
  @Command(
      name = "reload",
      mixinStandardHelpOptions = true,
      description =
          "Makes the server read the configuration's policy and its bundle again; a bad one never"
              + " replaces a good one.")
  static final class Reload implements Callable<Integer> {
    @Mixin private AdminOptions admin;
    @Mixin private LanguageOption language;
    @Spec private CommandSpec spec;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() {
      AdminAnswer bundle = AdminAnswer.of(admin.client().post("/admin/v1/policy", "{}"));
      spec.commandLine()
          .getOut()
          .println(
              json
                  ? bundle.text()
                  : language.of("有効なポリシー: ", "in force: ")
                      + bundle.string("id")
                      + " "
                      + bundle.string("hash"));
      return DejimaCommand.DONE;
    }
  }
}
