package dejima.server.cli;

import dejima.evidence.RequestIds;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Receipts of a running server.
@Command(
    name = "receipt",
    mixinStandardHelpOptions = true,
    description = "Fetches receipts.",
    subcommands = ReceiptCommand.Get.class)
final class ReceiptCommand extends CommandGroup {
  private static final int TRIES = 50;
  private static final long PAUSE_MILLIS = 100;

  /// Fetches one.
  @Command(
      name = "get",
      mixinStandardHelpOptions = true,
      description = "Fetches a receipt, waiting until a tree head covers it.")
  static final class Get implements Callable<Integer> {
    @Mixin private KeyOptions key;
    @Spec private CommandSpec spec;

    @Parameters(
        paramLabel = "ID",
        description = "The receipt's id, from the header Dejima-Receipt.")
    private String id;

    @Option(
        names = {"-o", "--output"},
        description = "The file to write (default: standard output).")
    private Optional<Path> output;

    @Override
    public Integer call() throws IOException, InterruptedException {
      String receipt = fetch(key.client(), id);
      if (output.isPresent()) {
        Files.writeString(output.get(), receipt);
      } else {
        spec.commandLine().getOut().print(receipt);
        spec.commandLine().getOut().flush();
      }
      return DejimaCommand.DONE;
    }
  }

  /// The receipt's text, once there is a tree head that covers it.
  static String fetch(GatewayClient client, String id) throws InterruptedException {
    if (!RequestIds.isId(id)) {
      throw new CommandFailed("'" + id + "' is not a receipt's id; those start with rcpt_.");
    }
    for (int i = 0; i < TRIES; i++) {
      HttpResponse<InputStream> answer = client.get("/v1/receipts/" + id);
      if (answer.statusCode() == 200) {
        return GatewayClient.text(answer);
      }
      if (answer.statusCode() != 202) {
        GatewayClient.expect(answer);
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    throw new CommandFailed("The request has not ended yet. Try again later.");
  }
}
