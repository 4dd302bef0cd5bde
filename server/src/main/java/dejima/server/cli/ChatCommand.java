package dejima.server.cli;

import dejima.attestation.SealedPrompt;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Asks a question and streams the answer.
@Command(
    name = "chat",
    mixinStandardHelpOptions = true,
    description = "Asks a question and streams the answer.")
final class ChatCommand implements Callable<Integer> {
  /// What an envelope says where nobody labelled the question.
  private static final String UNLABELLED = "confidentiality-2";

  @Mixin private KeyOptions key;
  @Mixin private SealingOptions sealing;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "QUESTION", description = "What to ask.")
  private String question;

  @Option(
      names = "--model",
      defaultValue = "builtin-selftest",
      description = "The model (default: ${DEFAULT-VALUE}).")
  private String model;

  @Option(
      names = "--class",
      description =
          "The request's data class: confidentiality-1…3 or 機密性1…3, with personal, financial,"
              + " my-number or critical-infrastructure behind commas.")
  private Optional<String> dataClass;

  @Option(
      names = "--sealed",
      description =
          "Encrypts question and answer between this machine and the trusted execution environment"
              + " of one site; the gateway reads neither.")
  private boolean sealed;

  @Override
  public Integer call() {
    return sealed ? sealedly() : plainly();
  }

  private int sealedly() {
    PrintWriter out = spec.commandLine().getOut();
    GatewayClient client = key.client();
    SealingOptions.Found to = sealing.find(client, model, spec.commandLine().getErr());
    SealedExchange exchange =
        SealedExchange.ask(
            client,
            SealedPrompt.seal(
                Exchange.body(model, question).getBytes(StandardCharsets.UTF_8),
                model,
                Exchange.ascii(dataClass.orElse(UNLABELLED)),
                to.site(),
                Instant.now(),
                to.raw()));
    exchange.stream(out);
    out.println();
    out.println("[" + to.site() + ", sealed, receipt " + exchange.receiptId() + "]");
    return DejimaCommand.DONE;
  }

  private int plainly() {
    PrintWriter out = spec.commandLine().getOut();
    Exchange exchange = Exchange.ask(key.client(), model, question, dataClass);
    exchange.stream(out);
    out.println();
    out.println("[" + exchange.site() + ", receipt " + exchange.receiptId() + "]");
    return DejimaCommand.DONE;
  }
}
