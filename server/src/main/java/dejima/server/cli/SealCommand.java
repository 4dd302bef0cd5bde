package dejima.server.cli;

import dejima.attestation.SealedPrompt;
import dejima.evidence.Json;
import dejima.residency.DataClass;
import dejima.residency.DataClassReading;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
      "Encrypts a request's body to the trusted execution environment of one site (HPKE, RFC 9180) and"
          + " prints the sealed body, to be sent to the gateway in its place.",
      "Take the key from the site and compare it with the one that the site's newest attestation entry"
          + " names. The answer comes back unsealed. Tried with constructed keys only; no hardware"
          + " has been at hand."
    })
final class SealCommand implements Callable<Integer> {
  private static final int KEY = 32;

  @Spec private CommandSpec spec;
  @Mixin private Envelope envelope;

  @ArgGroup(multiplicity = "1")
  private Source source = new Source();

  /// What to seal.
  static final class Source {
    @Option(names = "--body", paramLabel = "FILE", description = "The request's body, JSON.")
    private Optional<Path> body = Optional.empty();

    @Option(names = "--question", paramLabel = "TEXT", description = "A question for a chat.")
    private Optional<String> question = Optional.empty();
  }

  /// What stands on the envelope, and to whom it is sealed.
  static final class Envelope {
    @Option(
        names = "--sealing-key",
        required = true,
        paramLabel = "FILE",
        description = "The environment's X25519 key, 32 bytes.")
    private Path key;

    @Option(
        names = "--key-id",
        description =
            "The key's SHA-256 in hexadecimal, as the site's newest attestation entry names it; another"
                + " key is refused.")
    private Optional<String> keyId = Optional.empty();

    @Option(names = "--site", required = true, description = "The site that can open it.")
    private String site;

    @Option(names = "--model", required = true, description = "The model.")
    private String model;

    @Option(
        names = "--class",
        required = true,
        description = "The data class of what is inside; the gateway cannot look.")
    private String dataClass;

    SealedPrompt seal(byte[] body) {
      byte[] raw = read(key);
      if (raw.length != KEY) {
        throw new CommandFailed(key + " is no X25519 key of 32 bytes.");
      }
      if (keyId.filter(id -> !id.equals(SealedPrompt.keyId(raw))).isPresent()) {
        throw new CommandFailed(
            key
                + " is another key: its id is "
                + SealedPrompt.keyId(raw)
                + ". Nothing was sealed.");
      }
      try {
        return SealedPrompt.seal(body, model, label(), site, raw);
      } catch (IllegalArgumentException broken) {
        throw new CommandFailed(String.valueOf(broken.getMessage()));
      }
    }

    private String label() {
      return switch (DataClass.read(dataClass)) {
        case DataClassReading.Read(DataClass read) -> read.label();
        case DataClassReading.Unreadable(String reason) ->
            throw new CommandFailed("--class: " + reason);
      };
    }
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    SealedPrompt sealed = envelope.seal(body());
    out.println(new String(sealed.bytes(), StandardCharsets.UTF_8));
    out.flush();
    PrintWriter err = spec.commandLine().getErr();
    err.println("sealed to key " + sealed.keyId());
    err.flush();
    return DejimaCommand.DONE;
  }

  private byte[] body() {
    return source
        .body
        .map(SealCommand::read)
        .orElseGet(() -> chat(envelope.model, source.question.orElse("")));
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
