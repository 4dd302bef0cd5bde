package dejima.server.cli;

import dejima.evidence.Json;
import java.io.PrintWriter;
import java.time.OffsetDateTime;
import java.util.Optional;
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
    description = "Forgets tenants, and changes their salt keys.",
    subcommands = {TenantsCommand.Forget.class, TenantsCommand.Rotate.class})
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
            + " them too.",
        "With --before, the tenant stays: only the salt keys of periods that had ended by then are"
            + " destroyed, and its imported receipts of then and all exports made on this machine"
            + " deleted. A period ends with 'tenants rotate'."
      })
  static final class Forget implements Callable<Integer> {
    @Mixin private AdminOptions admin;
    @Spec private CommandSpec spec;

    @Parameters(
        paramLabel = "TENANT",
        description = "The tenant's name or pseudonym, as 'keys list' shows them.")
    private String tenant;

    @Option(
        names = "--before",
        paramLabel = "TIME",
        description = "Only what is older, as 2026-04-01T00:00:00+09:00.")
    private Optional<OffsetDateTime> before;

    @Option(names = "--yes", description = "Does it. Without this, only says what would happen.")
    private boolean yes;

    @Mixin private LanguageOption language;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() {
      if (!yes) {
        warn(spec.commandLine().getErr());
        return DejimaCommand.USAGE;
      }
      Json.Members request = Json.object().put("tenant", tenant);
      before.ifPresent(time -> request.put("before", time.toInstant().toEpochMilli()));
      AdminAnswer forgotten =
          AdminAnswer.of(
              admin.client().post("/admin/v1/tenants/forget", request.build().canonicalText()));
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(forgotten.text());
      } else if (before.isPresent()) {
        out.println("tenant             " + forgotten.string("pseudonym"));
        out.println("periods destroyed  " + forgotten.object().integer("periods").orElse(0L));
        out.println("imported deleted   " + forgotten.object().integer("imported").orElse(0L));
        out.println(backups());
      } else {
        out.println("forgotten     " + forgotten.string("pseudonym"));
        out.println("keys revoked  " + forgotten.object().integer("keysRevoked").orElse(0L));
        out.println(backups());
      }
      out.flush();
      return DejimaCommand.DONE;
    }

    private String backups() {
      return language.of(
          "データベースのバックアップにはソルト鍵がまだ残っている。それも破棄すること。",
          "Backups of the database still hold its salt keys; destroy them too.");
    }

    private void warn(PrintWriter err) {
      err.println(
          language.of(
              before
                      .map(time -> "テナント「%s」の、%s までに終わった期間のソルト鍵を破棄する。".formatted(tenant, time))
                      .orElseGet(() -> "テナント「%s」のソルト鍵と名前を破棄し、API キーをすべて失効させる。".formatted(tenant))
                  + "領収書は取得できなくなり、すでに取得した領収書がない限り、記録が何についてのものかを誰も証明できなくなる。"
                  + "取り消せない。実行するには --yes を付けること。",
              "This destroys "
                  + before
                      .map(time ->
                          "the salt keys of tenant '%s' for periods that ended by %s"
                              .formatted(tenant, time))
                      .orElseGet(() ->
                          "the salt keys of tenant '%s' and its name, and withdraws all of its API keys"
                              .formatted(tenant))
                  + ". Its receipts can no longer be fetched, and nobody can prove any more which"
                  + " requests its entries were about, except with a receipt that was fetched"
                  + " before. It cannot be undone. To do it, add --yes."));
      err.flush();
    }
  }

  /// Begins a period with another salt key.
  @Command(
      name = "rotate",
      mixinStandardHelpOptions = true,
      description = {
        "Derives the salts of a tenant's receipts from a new key, from a few seconds on.",
        "Receipts of before stay as they are, until 'tenants forget TENANT --before TIME' destroys"
            + " the keys that they came from."
      })
  static final class Rotate implements Callable<Integer> {
    @Mixin private AdminOptions admin;
    @Spec private CommandSpec spec;

    @Parameters(
        paramLabel = "TENANT",
        description = "The tenant's name or pseudonym, as 'keys list' shows them.")
    private String tenant;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() {
      String request = Json.object().put("tenant", tenant).build().canonicalText();
      AdminAnswer rotated =
          AdminAnswer.of(admin.client().post("/admin/v1/tenants/rotate", request));
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(rotated.text());
      } else {
        out.println("tenant    " + rotated.string("pseudonym"));
        out.println("new salt  from " + rotated.string("from"));
      }
      out.flush();
      return DejimaCommand.DONE;
    }
  }
}
