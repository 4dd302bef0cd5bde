package dejima.server.cli;

import java.io.PrintWriter;
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
  @Mixin private KeyOptions key;
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
          "The request's data class: confidentiality-1…3 or 機密性1…3, with personal, financial, my-number or"
              + " critical-infrastructure behind commas.")
  private Optional<String> dataClass;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Exchange exchange = Exchange.ask(key.client(), model, question, dataClass);
    exchange.stream(out);
    out.println();
    out.println("[" + exchange.site() + ", receipt " + exchange.receiptId() + "]");
    return DejimaCommand.DONE;
  }
}
