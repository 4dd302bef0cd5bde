package dejima.server.cli;

import dejima.evidence.Json;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Tenants of a running server.
@Command(
    name = "tenants",
    mixinStandardHelpOptions = true,
    description = "Forgets tenants.",
    subcommands = TenantsCommand.Forget.class)
final class TenantsCommand extends CommandGroup {
  /// Destroys a tenant's salt key.
  @Command(
      name = "forget",
      mixinStandardHelpOptions = true,
      description = {
        "Destroys a tenant's salt key and name and withdraws all of its API keys, for ever.",
        "Its entries stay in the evidence log, under a pseudonym that leads nowhere any more. What it"
            + " asked and was answered can no longer be shown to match them, except with receipts"
            + " that somebody fetched before. Backups of the database hold the key until you destroy"
            + " them too."
      })
  static final class Forget implements Callable<Integer> {
    @Mixin private AdminOptions admin;
    @Spec private CommandSpec spec;

    @Parameters(
        paramLabel = "TENANT",
        description = "The tenant's name or pseudonym, as 'keys list' shows them.")
    private String tenant;

    @Option(names = "--yes", description = "Does it. Without this, only says what would happen.")
    private boolean yes;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() {
      if (!yes) {
        warn(spec.commandLine().getErr());
        return DejimaCommand.USAGE;
      }
      String request = Json.object().put("tenant", tenant).build().canonicalText();
      AdminAnswer forgotten =
          AdminAnswer.of(admin.client().post("/admin/v1/tenants/forget", request));
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(forgotten.text());
      } else {
        out.println("forgotten     " + forgotten.string("pseudonym"));
        out.println("keys revoked  " + forgotten.object().integer("keysRevoked").orElse(0L));
        out.println("Backups of the database still hold its salt key; destroy them too.");
      }
      out.flush();
      return DejimaCommand.DONE;
    }

    private void warn(PrintWriter err) {
      err.printf(
          """
          This destroys the salt key of tenant '%s' and its name, and withdraws all of its API keys.
          Its receipts can no longer be fetched, and nobody can prove any more which requests its
          entries were about, except with a receipt that was fetched before. It cannot be undone.
          To do it, add --yes.
          """,
          tenant);
      err.flush();
    }
  }
}
