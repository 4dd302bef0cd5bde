package dejima.server.cli;

import dejima.evidence.Json;
import dejima.server.export.Archive;
import dejima.server.files.Scratch;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Fetches everything of a tenant.
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Fetches everything of a tenant in open formats: receipts, an index, projects, policies, the"
          + " log's key and tiles, and a manifest signed by the log's key.",
      "Called again after an interruption, it goes on where it was."
    })
final class ExportCommand implements Callable<Integer> {
  private static final long PAUSE_MILLIS = 300;
  private static final int TRIES = 5;
  private static final int BUFFER = 64 << 10;

  @Mixin private AdminOptions admin;
  @Spec private CommandSpec spec;

  @Option(
      names = "--tenant",
      required = true,
      description = "The tenant's name or pseudonym, as 'keys list' shows them.")
  private String tenant;

  @Option(
      names = "--out",
      required = true,
      description = "A new directory, or a file that ends in .tar.gz.")
  private Path out;

  @Option(
      names = "--with-salts",
      description = "Adds the tenant's salt keys, under a passphrase, in the age format.")
  private boolean withSalts;

  @Option(names = "--passphrase-file", description = "The file whose first line is the passphrase.")
  private Optional<Path> passphraseFile;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (withSalts != passphraseFile.isPresent()) {
      throw new CommandFailed("--with-salts and --passphrase-file belong together.");
    }
    boolean packed = out.toString().endsWith(".tar.gz");
    if (Files.exists(out)) {
      throw new CommandFailed(out + " exists already. Name another place, or remove it.");
    }
    GatewayClient client = admin.client();
    Json.Members request = Json.object().put("tenant", tenant);
    if (passphraseFile.isPresent()) {
      request.put("passphrase", Passphrase.in(passphraseFile.get()));
    }
    String id =
        AdminAnswer.of(client.post("/admin/v1/exports", request.build().canonicalText()))
            .string("id");
    AdminAnswer ready = await(client, id);
    Path part = out.resolveSibling(out.getFileName() + ".part");
    download(client, id, ready, part);
    if (packed) {
      Files.move(part, out, StandardCopyOption.ATOMIC_MOVE);
    } else {
      unpack(part);
    }
    GatewayClient.expect(client.delete("/admin/v1/exports/" + id));
    PrintWriter say = spec.commandLine().getOut();
    if (json) {
      say.println(
          Json.object()
              .put("tenant", tenant)
              .put("out", out.toString())
              .put("requests", ready.object().integer("done").orElse(0L))
              .put("sha256", ready.string("sha256"))
              .build()
              .canonicalText());
    } else {
      say.println("exported  " + tenant + " to " + out);
      say.println("requests  " + ready.object().integer("done").orElse(0L));
      say.println("sha256    " + ready.string("sha256") + (packed ? "" : " (of the archive)"));
    }
    say.flush();
    return DejimaCommand.DONE;
  }

  private AdminAnswer await(GatewayClient client, String id) throws InterruptedException {
    String last = "";
    while (true) {
      AdminAnswer state = AdminAnswer.of(client.get("/admin/v1/exports/" + id));
      switch (state.string("state")) {
        case "ready" -> {
          return state;
        }
        case "broken" ->
            throw new CommandFailed(
                "The export did not work: "
                    + state.string("reason")
                    + ". Try it again; it goes on.");
        default -> last = progress(state, last);
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  private String progress(AdminAnswer state, String last) {
    String now =
        state.object().integer("done").orElse(0L)
            + " of "
            + state.object().integer("total").orElse(0L)
            + " requests";
    if (!now.equals(last)) {
      spec.commandLine().getErr().println(now);
      spec.commandLine().getErr().flush();
    }
    return now;
  }

  /// The directory appears whole or not at all.
  private void unpack(Path part) throws IOException {
    Path unpacking = out.resolveSibling(out.getFileName() + ".unpacking");
    Scratch.delete(unpacking);
    Archive.unpack(part, unpacking);
    Files.move(unpacking, out, StandardCopyOption.ATOMIC_MOVE);
    Files.delete(part);
  }

  /// Goes on with what an earlier download of the same archive left.
  private static void download(GatewayClient client, String id, AdminAnswer ready, Path part)
      throws IOException {
    long whole = ready.object().integer("bytes").orElse(0L);
    String path = "/admin/v1/exports/" + id + "/file";
    for (int i = 0; i < TRIES && !ready.string("sha256").equals(Archive.hash(part)); i++) {
      long there = Files.exists(part) ? Files.size(part) : 0;
      if (there >= whole) {
        Files.delete(part);
        there = 0;
      }
      append(client.getFrom(path, there), part);
    }
    if (!ready.string("sha256").equals(Archive.hash(part))) {
      throw new CommandFailed("The download broke off. Call the command again; it goes on.");
    }
  }

  /// A connection that is cut ends this quietly: the next try goes on from there.
  private static void append(HttpResponse<InputStream> answer, Path part) throws IOException {
    if (answer.statusCode() >= 400) {
      throw new CommandFailed(
          Errors.message(answer.statusCode(), GatewayClient.text(answer))
              + " Call the command again; it goes on.");
    }
    try (InputStream body = answer.body();
        OutputStream file =
            Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      byte[] buffer = new byte[BUFFER];
      for (int read = next(body, buffer); read >= 0; read = next(body, buffer)) {
        file.write(buffer, 0, read);
      }
    } catch (IOException full) {
      throw new CommandFailed(
          part + " cannot be written: " + full.getMessage() + ". Make room and call it again.");
    }
  }

  private static int next(InputStream body, byte[] buffer) {
    try {
      return body.read(buffer);
    } catch (IOException cut) {
      return -1;
    }
  }
}
