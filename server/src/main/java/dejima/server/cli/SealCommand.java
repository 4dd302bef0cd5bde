package dejima.server.cli;

import dejima.attestation.SealedPrompt;
import dejima.evidence.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Seals a prompt, so that only the trusted execution environment of one site can read it.
@Command(
    name = "seal",
    mixinStandardHelpOptions = true,
    description = {
      "Encrypts a request's body to the trusted execution environment of one site (HPKE, RFC 9180)"
          + " and prints the sealed body, to be sent to the gateway in its place within five"
          + " minutes. 'unseal' opens the answer with the key that is written to --answer-key.",
      "The key comes from the gateway, with evidence that is judged by --mirror, --register and"
          + " --approver; or from --sealing-key, and then judging it is yours. Tried with"
          + " constructed keys only; no hardware has been at hand."
    })
final class SealCommand implements Callable<Integer> {
  private static final int KEY = 32;

  @Spec private CommandSpec spec;
  @Mixin private KeyOptions gateway;
  @Mixin private SealingOptions sealing;

  @ArgGroup(multiplicity = "1")
  private Source source = new Source();

  /// What to seal.
  static final class Source {
    @Option(names = "--body", paramLabel = "FILE", description = "The request's body, JSON.")
    private Optional<Path> body = Optional.empty();

    @Option(names = "--question", paramLabel = "TEXT", description = "A question for a chat.")
    private Optional<String> question = Optional.empty();
  }

  @Option(
      names = "--sealing-key",
      paramLabel = "FILE",
      description = "The environment's X25519 key, 32 bytes, judged by you; needs --site.")
  private Optional<Path> key = Optional.empty();

  @Option(
      names = "--answer-key",
      required = true,
      paramLabel = "FILE",
      description = "Where to write the key that opens the answer. Keep it to yourself.")
  private Path answerKey;

  @Option(names = "--model", required = true, description = "The model, as the body names it.")
  private String model;

  @Option(
      names = "--class",
      required = true,
      description = "The data class of what is inside; the gateway cannot look.")
  private String dataClass;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    SealingOptions.Found to =
        key.map(this::given).orElseGet(() -> sealing.find(gateway.client(), model, err));
    SealedPrompt.Sealing sealed = seal(to);
    keep(sealed.answerKey().text());
    PrintWriter out = spec.commandLine().getOut();
    out.println(new String(sealed.prompt().bytes(), StandardCharsets.UTF_8));
    out.flush();
    err.println("sealed to key " + sealed.prompt().keyId() + " of " + to.site());
    err.flush();
    return DejimaCommand.DONE;
  }

  private SealingOptions.Found given(Path file) {
    byte[] raw = read(file);
    if (raw.length != KEY) {
      throw new CommandFailed(file + " is no X25519 key of 32 bytes.");
    }
    return new SealingOptions.Found(
        sealing
            .site()
            .orElseThrow(() -> new CommandFailed("With --sealing-key, name its site by --site.")),
        raw);
  }

  private SealedPrompt.Sealing seal(SealingOptions.Found to) {
    byte[] body =
        source.body.map(SealCommand::read).orElseGet(() -> chat(model, source.question.orElse("")));
    try {
      return SealedPrompt.seal(
          body, model, Exchange.ascii(dataClass), to.site(), Instant.now(), to.raw());
    } catch (IllegalArgumentException broken) {
      throw new CommandFailed(String.valueOf(broken.getMessage()));
    }
  }

  private void keep(String text) {
    try {
      Files.createFile(
          answerKey,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(answerKey, text + "\n");
    } catch (FileAlreadyExistsException there) {
      throw new CommandFailed(answerKey + " is there already; each answer has a key of its own.");
    } catch (IOException failed) {
      throw new CommandFailed("The answer's key cannot be written to " + answerKey + ".");
    }
  }

  private static byte[] chat(String model, String question) {
    return Json.object()
        .put("model", model)
        .put(
            "messages",
            Json.array(List.of(Json.object().put("role", "user").put("content", question).build())))
        .build()
        .canonicalBytes();
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw new CommandFailed("The file " + file + " cannot be read.");
    }
  }
}
