package dejima.server.cli;

import dejima.evidence.Json;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// API keys of a running server.
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    description = "Creates, lists and revokes API keys.",
    subcommands = {KeysCommand.Create.class, KeysCommand.ListKeys.class, KeysCommand.Revoke.class})
final class KeysCommand extends CommandGroup {
  /// Makes a key.
  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = "Makes a key and shows it this once.")
  static final class Create implements Callable<Integer> {
    @Mixin private AdminOptions admin;
    @Mixin private LanguageOption language;
    @Spec private CommandSpec spec;

    @Option(
        names = "--tenant",
        defaultValue = "default",
        description = "Who pays (default: ${DEFAULT-VALUE}).")
    private String tenant;

    @Option(
        names = "--project",
        defaultValue = "default",
        description = "What for (default: ${DEFAULT-VALUE}).")
    private String project;

    @Option(
        names = "--default-class",
        description =
            "The project's data class, below which no request falls: confidentiality-1…3, with personal,"
                + " financial, my-number or critical-infrastructure behind commas.")
    private Optional<String> defaultClass;

    @Option(names = "--requests-per-minute", defaultValue = "0", description = "0: no limit.")
    private int requestsPerMinute;

    @Option(names = "--tokens-per-minute", defaultValue = "0", description = "0: no limit.")
    private long tokensPerMinute;

    @Option(names = "--concurrent", defaultValue = "0", description = "0: no limit.")
    private int concurrent;

    @Option(names = "--expires", description = "When the key ends, such as 2027-03-31T15:00:00Z.")
    private Optional<String> expires;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() {
      Json.Members request =
          Json.object()
              .put("tenant", tenant)
              .put("project", project)
              .put("requestsPerMinute", requestsPerMinute)
              .put("tokensPerMinute", tokensPerMinute)
              .put("concurrent", concurrent);
      defaultClass.ifPresent(floor -> request.put("defaultClass", floor));
      expires.ifPresent(end -> request.put("expires", end));
      AdminAnswer answer =
          AdminAnswer.of(admin.client().post("/admin/v1/keys", request.build().canonicalText()));
      var out = spec.commandLine().getOut();
      if (json) {
        out.println(answer.text());
      } else {
        out.println("id      " + answer.string("id"));
        out.println("key     " + answer.string("key"));
        out.println("tenant  " + answer.string("pseudonym") + " in evidence");
        out.println(
            language.of(
                "鍵を今すぐ控えること。保存されておらず、二度と表示できない。",
                "Keep the key now: it is not stored and cannot be shown again."));
      }
      return DejimaCommand.DONE;
    }
  }

  /// Shows every key.
  @Command(name = "list", mixinStandardHelpOptions = true, description = "Shows every key.")
  static final class ListKeys extends Listing {
    ListKeys() {
      super(
          "keys",
          "%-14s %-16s %-16s %-16s %-22.19s %s",
          List.of("ID", "TENANT", "PSEUDONYM", "PROJECT", "CREATED", "STATE"));
    }

    @Override
    List<String> cells(Json.Obj row) {
      return List.of(
          row.string("id").orElse(""),
          row.string("tenant").filter(name -> !name.isEmpty()).orElse("(forgotten)"),
          row.string("pseudonym").orElse(""),
          row.string("project").orElse(""),
          row.string("created").orElse(""),
          state(row));
    }

    private static String state(Json.Obj row) {
      return row.string("revoked")
          .map(since -> "revoked " + since)
          .or(() -> row.string("expires").map(end -> "expires " + end))
          .orElse("valid");
    }
  }

  /// Withdraws a key.
  @Command(
      name = "revoke",
      mixinStandardHelpOptions = true,
      description = "Withdraws a key at once.")
  static final class Revoke implements Callable<Integer> {
    @Mixin private AdminOptions admin;
    @Mixin private LanguageOption language;
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "The key's id, as 'keys list' shows it.")
    private String id;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() {
      if (!id.matches("[A-Za-z0-9]{1,40}")) {
        throw new CommandFailed("'" + id + "' is not a key's id; 'keys list' shows them.");
      }
      GatewayClient.expect(admin.client().delete("/admin/v1/keys/" + id));
      spec.commandLine()
          .getOut()
          .println(
              json
                  ? Json.object().put("revoked", id).build().canonicalText()
                  : language.of("失効した ", "revoked ") + id);
      return DejimaCommand.DONE;
    }
  }
}
