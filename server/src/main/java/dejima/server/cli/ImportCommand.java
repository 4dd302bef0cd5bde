package dejima.server.cli;

import dejima.evidence.Json;
import dejima.evidence.NoteKey;
import dejima.evidence.Reading;
import dejima.evidence.VerificationKeys;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Takes a tenant over from another installation.
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description =
        "Takes over a tenant that another installation exported: checks the manifest and every"
            + " receipt against that log's key, then recreates tenant and projects. API keys are"
            + " new; it prints which have to be issued.")
final class ImportCommand implements Callable<Integer> {
  @Mixin private AdminOptions admin;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The export, a .tar.gz.")
  private Path file;

  @Option(
      names = {"-k", "--keys"},
      required = true,
      description =
          "The exporting log's key, a vkey or a tlog-policy file, got by another way than the export.")
  private Path keys;

  @Option(
      names = "--passphrase-file",
      description = "Takes the salt keys over too, with the passphrase in the file's first line.")
  private Optional<Path> passphraseFile;

  @Option(names = "--as", description = "Another name for the tenant here.")
  private Optional<String> name;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new CommandFailed("There is no file " + file + ".");
    }
    List<String> headers = new ArrayList<>(List.of("Dejima-Log-Key", vkeys()));
    if (passphraseFile.isPresent()) {
      headers.addAll(List.of("Dejima-Passphrase", base64(Passphrase.in(passphraseFile.get()))));
    }
    name.ifPresent(other -> headers.addAll(List.of("Dejima-Tenant", base64(other))));
    AdminAnswer taken =
        AdminAnswer.of(
            admin.client().upload("/admin/v1/imports", file, headers.toArray(String[]::new)));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(taken.text());
    } else {
      print(taken, out);
    }
    out.flush();
    return DejimaCommand.DONE;
  }

  private String vkeys() throws IOException {
    return switch (VerificationKeys.parse(Files.readString(keys))) {
      case Reading.Read<VerificationKeys>(VerificationKeys read) ->
          read.logs().stream().map(NoteKey::text).collect(Collectors.joining(" "));
      case Reading.Unreadable<VerificationKeys>(String reason) ->
          throw new CommandFailed("The key file " + keys + " cannot be read: " + reason);
    };
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void print(AdminAnswer taken, PrintWriter out) {
    out.println("imported  " + taken.string("tenant") + " (" + taken.string("pseudonym") + ")");
    out.println("from      " + taken.string("origin") + ", " + taken.string("created"));
    out.println(
        "receipts  " + taken.object().integer("receipts").orElse(0L) + ", every one genuine");
    List<Json.Obj> keys = taken.rows("reissue");
    if (!keys.isEmpty()) {
      out.println("Issue new API keys, since secrets do not travel:");
    }
    for (Json.Obj key : keys) {
      out.println(
          "  ./dejima keys create --tenant '%s' --project '%s' --requests-per-minute %d --tokens-per-minute %d --concurrent %d%s"
              .formatted(
                  taken.string("tenant"),
                  key.string("project").orElse(""),
                  key.integer("requestsPerMinute").orElse(0L),
                  key.integer("tokensPerMinute").orElse(0L),
                  key.integer("concurrent").orElse(0L),
                  key.string("expires").map(end -> " --expires " + end).orElse("")));
    }
  }
}
