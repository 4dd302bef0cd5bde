package dejima.server.cli;

import dejima.evidence.Json;
import dejima.evidence.NoteKey;
import dejima.server.LogKeys;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The evidence log of a server that is stopped.
@Command(
    name = "log",
    mixinStandardHelpOptions = true,
    description = "Changes the evidence log's key. The server must be stopped.",
    subcommands = {LogCommand.RotateKey.class, LogCommand.RetireKey.class})
final class LogCommand extends CommandGroup {
  private static final String DATA = "The server's data directory (default: ${DEFAULT-VALUE}).";

  /// Makes a new key.
  @Command(
      name = "rotate-key",
      mixinStandardHelpOptions = true,
      description = {
        "Makes a new key that signs from the next start on. The present one goes on signing tree heads"
            + " beside it, and its word for the new one is served at /log/succession, so that nobody's"
            + " trust breaks. When your readers and witnesses know the new key, run 'log retire-key'."
      })
  static final class RotateKey implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(names = "--data", defaultValue = "data", description = DATA)
    private Path data;

    @Mixin private LanguageOption language;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() {
      NoteKey next = LogKeys.rotate(data, new SecureRandom());
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(Json.object().put("key", next.text()).build().canonicalText());
      } else {
        out.println("new key  " + next.text());
        out.println(
            language.of(
                "次の起動から、以前の鍵と並んで署名する。", "It signs from the next start on, beside the old one."));
      }
      out.flush();
      return DejimaCommand.DONE;
    }
  }

  /// Destroys the old key.
  @Command(
      name = "retire-key",
      mixinStandardHelpOptions = true,
      description =
          "Destroys the key that gave way to a new one; only the new one signs from then on.")
  static final class RetireKey implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(names = "--data", defaultValue = "data", description = DATA)
    private Path data;

    @Mixin private LanguageOption language;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() {
      LogKeys.retire(data);
      PrintWriter out = spec.commandLine().getOut();
      out.println(
          json
              ? Json.object().put("retired", true).build().canonicalText()
              : language.of(
                  "以前の鍵を破棄した。バックアップ中の写しも破棄すること。",
                  "The old key is destroyed. Destroy its copies in backups too."));
      out.flush();
      return DejimaCommand.DONE;
    }
  }
}
