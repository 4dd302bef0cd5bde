package dejima.audit.witness;

import dejima.audit.LanguageChoice;
import dejima.evidence.Json;
import dejima.evidence.NoteKey;
import dejima.residency.LocalText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// A witness's keys give way to others in two steps, so that readers of either are content
/// meanwhile.
final class WitnessKeyCommand {
  private WitnessKeyCommand() {}

  /// The lines of a tlog-policy file that name a witness: one for each key, and a group of which
  /// any suffices, so that what was cosigned by a key of before still counts.
  static List<String> policyLines(String name, List<NoteKey> keys) {
    List<String> lines = new ArrayList<>();
    lines.add("# Lines for key files and for the gateway's 'witnessPolicy':");
    StringBuilder group = new StringBuilder("group " + name + " any");
    int number = 0;
    for (NoteKey key : keys) {
      number++;
      lines.add("witness " + name + "/" + number + " " + key.text() + " http://HOST:8090");
      group.append(' ').append(name).append('/').append(number);
    }
    lines.add(group.toString());
    return lines;
  }

  /// The public keys, as JSON.
  static Json.Obj asJson(List<NoteKey> keys) {
    return Json.object()
        .put("keys", Json.strings(keys.stream().map(NoteKey::text).toList()))
        .build();
  }

  /// Makes new keys.
  @Command(
      name = "rotate-key",
      mixinStandardHelpOptions = true,
      description = {
        "Makes keys that cosign beside the present ones from the next start on. The witness must be"
            + " stopped.",
        "Give the printed lines to everybody who asks for this witness; when they have them, run"
            + " 'witness retire-key'."
      })
  static final class Rotate implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The witness's folder.")
    private Path folder;

    @Mixin private LanguageChoice language;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    Rotate() {
      language = new LanguageChoice();
    }

    @Override
    public Integer call() throws IOException {
      var kept = new WitnessFolder(folder);
      FileLock lock = kept.lock();
      try {
        var keys = kept.rotate(new SecureRandom());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
          out.println(asJson(keys).canonicalText());
        } else {
          policyLines(keys.getFirst().name(), keys).forEach(out::println);
          language
              .of(
                  new LocalText(
                      "次の起動から、新しい鍵が以前の鍵と並んで連署する。",
                      "The new keys cosign from the next start on, beside the old ones."))
              .forEach(line -> out.println("# " + line));
        }
        out.flush();
      } finally {
        lock.release();
      }
      return 0;
    }
  }

  /// Destroys the old keys.
  @Command(
      name = "retire-key",
      mixinStandardHelpOptions = true,
      description =
          "Destroys the keys that gave way to new ones; what they cosigned can still be checked. The"
              + " witness must be stopped.")
  static final class Retire implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The witness's folder.")
    private Path folder;

    @Mixin private LanguageChoice language;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    Retire() {
      language = new LanguageChoice();
    }

    @Override
    public Integer call() throws IOException {
      var kept = new WitnessFolder(folder);
      FileLock lock = kept.lock();
      try {
        kept.retire();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
          out.println(Json.object().put("retired", true).build().canonicalText());
        } else {
          language
              .of(
                  new LocalText(
                      "以前の鍵を破棄した。バックアップ中の写しも破棄すること。",
                      "The old keys are destroyed. Destroy their copies in backups too."))
              .forEach(out::println);
        }
        out.flush();
      } finally {
        lock.release();
      }
      return 0;
    }
  }
}
