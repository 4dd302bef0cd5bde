package dejima.server.cli;

import dejima.evidence.Json;
import dejima.evidence.Reading;
import java.nio.charset.StandardCharsets;
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
final class KeysCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /// Makes a key.
  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = "Makes a key and shows it this once.")
  static final class Create implements Callable<Integer> {
    @Mixin private AdminOptions admin;
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
            "The project's data class, below which no request falls: confidentiality-1…3, personal, my-number.")
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
      String answer =
          GatewayClient.expect(
              admin.client().post("/admin/v1/keys", request.build().canonicalText()));
      var out = spec.commandLine().getOut();
      if (json) {
        out.println(answer);
      } else {
        Json.Obj issued = Answer.object(answer);
        out.println("id      " + issued.string("id").orElse(""));
        out.println("key     " + issued.string("key").orElse(""));
        out.println("tenant  " + issued.string("pseudonym").orElse("") + " in evidence");
        out.println("Keep the key now: it is not stored and cannot be shown again.");
      }
      return DejimaCommand.DONE;
    }
  }

  /// Shows every key.
  @Command(name = "list", mixinStandardHelpOptions = true, description = "Shows every key.")
  static final class ListKeys implements Callable<Integer> {
    @Mixin private AdminOptions admin;
    @Spec private CommandSpec spec;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() {
      String answer = GatewayClient.expect(admin.client().get("/admin/v1/keys"));
      var out = spec.commandLine().getOut();
      if (json) {
        out.println(answer);
        return DejimaCommand.DONE;
      }
      List<Json> keys = Answer.object(answer).array("keys").orElse(List.of());
      out.printf(
          "%-14s %-16s %-16s %-16s %-22s %s%n",
          "ID", "TENANT", "PSEUDONYM", "PROJECT", "CREATED", "STATE");
      for (Json key : keys) {
        if (key instanceof Json.Obj row) {
          out.printf(
              "%-14s %-16s %-16s %-16s %-22.19s %s%n",
              row.string("id").orElse(""),
              row.string("tenant").filter(name -> !name.isEmpty()).orElse("(forgotten)"),
              row.string("pseudonym").orElse(""),
              row.string("project").orElse(""),
              row.string("created").orElse(""),
              state(row));
        }
      }
      return DejimaCommand.DONE;
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
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "The key's id, as 'keys list' shows it.")
    private String id;

    @Override
    public Integer call() {
      if (!id.matches("[A-Za-z0-9]{1,40}")) {
        throw new CommandFailed("'" + id + "' is not a key's id; 'keys list' shows them.");
      }
      GatewayClient.expect(admin.client().delete("/admin/v1/keys/" + id));
      spec.commandLine().getOut().println("revoked " + id);
      return DejimaCommand.DONE;
    }
  }

  /// JSON that our own server wrote.
  static final class Answer {
    private Answer() {}

    static Json.Obj object(String text) {
      return switch (Json.read(text.getBytes(StandardCharsets.UTF_8))) {
        case Reading.Read<Json>(Json.Obj object) -> object;
        case Reading.Read<Json> _, Reading.Unreadable<Json> _ ->
            throw new CommandFailed("The server's answer is not JSON; is it a Dejima?");
      };
    }
  }
}
