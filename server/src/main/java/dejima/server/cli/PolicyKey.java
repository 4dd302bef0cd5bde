package dejima.server.cli;

import dejima.evidence.NoteSecret;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Makes a key with which one person signs policies.
@Command(
    name = "key",
    mixinStandardHelpOptions = true,
    description = "Makes a key with which one person signs policies.",
    footer = {
      "",
      "Prints the public half, for policyApprovers in the configuration. The file is the private half"
          + " and belongs to that person alone."
    })
final class PolicyKey implements Callable<Integer> {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

  @Spec private CommandSpec spec;
  @Mixin private LanguageOption language;

  @Parameters(paramLabel = "NAME", description = "The key's name, as in taro.yamada.")
  private String name;

  @Option(names = "--out", description = "The file to write (default: NAME.key).")
  private Optional<Path> file = Optional.empty();

  @Override
  public Integer call() {
    if (!NAME.matcher(name).matches()) {
      throw new CommandFailed(
          "A key's name has letters, digits, points, hyphens and underscores, and begins with a"
              + " letter or digit.");
    }
    NoteSecret secret = NoteSecret.generate(name, new SecureRandom());
    Path target = file.orElseGet(() -> Path.of(name + ".key"));
    new NewKeyFile(target).write(secret);
    var out = spec.commandLine().getOut();
    out.println(secret.key().text());
    out.flush();
    var err = spec.commandLine().getErr();
    err.println(language.of("秘密鍵を書いた：", "private key written to ") + target);
    err.flush();
    return DejimaCommand.DONE;
  }
}
