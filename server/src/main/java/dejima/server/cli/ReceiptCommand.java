package dejima.server.cli;

import dejima.evidence.Json;
import dejima.evidence.ReceiptForm;
import dejima.evidence.RequestIds;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
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
    description = "Fetches receipts, and destroys the salt of one.",
    subcommands = {ReceiptCommand.Get.class, ReceiptCommand.Forget.class})
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

    @Option(
        names = "--as",
        defaultValue = "proof",
        description =
            "The form: ${COMPLETION-CANDIDATES}. The log signs 'cose' (RFC 9942) and 'credential'"
                + " (W3C VC 2.0) anew (default: ${DEFAULT-VALUE}).")
    private ReceiptForm form;

    @Override
    public Integer call() throws IOException, InterruptedException {
      byte[] receipt = fetch(key.client(), id, form);
      if (output.isPresent()) {
        Files.write(output.get(), receipt);
      } else if (form == ReceiptForm.COSE) {
        throw new CommandFailed("A COSE receipt is not a text: name a file with --output.");
      } else {
        spec.commandLine().getOut().print(new String(receipt, StandardCharsets.UTF_8));
        spec.commandLine().getOut().flush();
      }
      return DejimaCommand.DONE;
    }
  }

  /// Destroys the salt of one.
  @Command(
      name = "forget",
      mixinStandardHelpOptions = true,
      description = {
        "Destroys the salt of one receipt, for ever.",
        "Its entries stay in the evidence log, and nobody can show any more what they were about,"
            + " except with the receipt, if somebody fetched it before. Takes some seconds for a"
            + " receipt of the tenant's present salt period, which ends by it."
      })
  static final class Forget implements Callable<Integer> {
    @Mixin private AdminOptions admin;
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "The receipt's id.")
    private String id;

    @Option(names = "--yes", description = "Does it. Without this, nothing is done.")
    private boolean yes;

    @Mixin private LanguageOption language;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() {
      if (!yes) {
        spec.commandLine()
            .getErr()
            .println(
                language.of(
                    id + " のソルトを破棄する。取り消せない。実行するには --yes を付けること。",
                    "This destroys the salt of "
                        + id
                        + " and cannot be undone. To do it, add --yes."));
        spec.commandLine().getErr().flush();
        return DejimaCommand.USAGE;
      }
      String request = Json.object().put("receipt", id).build().canonicalText();
      AdminAnswer forgotten =
          AdminAnswer.of(admin.client().post("/admin/v1/receipts/forget", request));
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(forgotten.text());
      } else {
        long kept = forgotten.object().integer("kept").orElse(0L);
        out.println(
            language.of(
                "忘却した。同じ期間のほかの領収書 %d 件はソルトを保つ。".formatted(kept),
                "forgotten; %d other receipts of its period keep their salts".formatted(kept)));
        out.println(
            language.of(
                "データベースのバックアップにはまだ残っている。それも破棄すること。",
                "Backups of the database still hold it; destroy them too."));
      }
      out.flush();
      return DejimaCommand.DONE;
    }
  }

  /// The receipt's text, once there is a tree head that covers it.
  static String fetch(GatewayClient client, String id) throws InterruptedException {
    return new String(fetch(client, id, ReceiptForm.PROOF), StandardCharsets.UTF_8);
  }

  private static byte[] fetch(GatewayClient client, String id, ReceiptForm form)
      throws InterruptedException {
    if (!RequestIds.isId(id)) {
      throw new CommandFailed("'" + id + "' is not a receipt's id; those start with rcpt_.");
    }
    for (int i = 0; i < TRIES; i++) {
      HttpResponse<InputStream> answer =
          client.get("/v1/receipts/" + id, "Accept", form.mediaType());
      if (answer.statusCode() == 200) {
        return GatewayClient.bytes(answer);
      }
      if (answer.statusCode() != 202) {
        GatewayClient.expect(answer);
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    throw new CommandFailed("The request has not ended yet. Try again later.");
  }
}
