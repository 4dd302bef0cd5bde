package dejima.server.cli.demo;

import dejima.server.admin.AdminToken;
import dejima.server.cli.AdminAnswer;
import dejima.server.cli.DejimaCommand;
import dejima.server.cli.Exchange;
import dejima.server.cli.GatewayClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/// A demo without processes: everything runs once in this one, on free ports and in a directory of
/// its own.
public final class WarmUp {
  private static final int ROUNDS = 3;
  private static final int TRIES = 400;
  private static final long PAUSE_MILLIS = 50;

  private final DemoFiles files;

  /// Takes a directory and ports that nobody uses.
  public WarmUp() throws IOException {
    files = new DemoFiles(Files.createTempDirectory("dejima-warm-up"), freePort());
  }

  /// Exercises server, agent, client and verifier.
  public void run() throws IOException, InterruptedException {
    files.configure(new DeclaredSites(), files.makeKeys(InstantSource.system()));
    inBackground("serve", "--config", files.gateway().resolve("dejima.yaml").toString());
    for (StandIn site : StandIn.ALL) {
      inBackground("agent", "--config", files.of(site.id()).resolve("agent.yaml").toString());
    }
    GatewayClient admin = admin();
    String key = AdminAnswer.of(admin.post("/admin/v1/keys", "{}")).string("key");
    GatewayClient client = new GatewayClient(URI.create("http://127.0.0.1:" + files.port()), key);
    for (int i = 0; i < ROUNDS; i++) {
      exercise(client);
    }
  }

  private static void exercise(GatewayClient client) throws IOException, InterruptedException {
    Exchange exchange =
        Exchange.ask(client, "builtin-selftest", "出島とは何ですか。", Optional.of("confidentiality-2"));
    exchange.stream(new PrintWriter(Writer.nullWriter()));
    Path receipt = Files.createTempFile("dejima-warm-up", ".txt");
    Files.writeString(receipt, exchange.receipt(client));
    DejimaCommand.commandLine().execute("verify", receipt.toString(), "--json");
    Files.delete(receipt);
  }

  private GatewayClient admin() throws IOException, InterruptedException {
    URI address = URI.create("http://127.0.0.1:" + files.adminPort());
    Path token = files.gateway().resolve(AdminToken.FILE);
    for (int i = 0; i < TRIES; i++) {
      if (Files.exists(token) && allUp(address, token)) {
        return new GatewayClient(address, AdminToken.read(token).text());
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    throw new DemoFailed("the warm-up's gateway did not start");
  }

  private static boolean allUp(URI address, Path token) throws IOException {
    try {
      GatewayClient admin = new GatewayClient(address, AdminToken.read(token).text());
      return AdminAnswer.of(admin.get("/admin/v1/sites")).sitesUp() == StandIn.ALL.size();
    } catch (RuntimeException notYet) {
      return false;
    }
  }

  private static void inBackground(String... command) {
    Thread.ofPlatform()
        .daemon()
        .name("warm-up-" + command[0])
        .start(() -> DejimaCommand.commandLine().execute(command));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Math.min(socket.getLocalPort(), 65_000);
    }
  }
}
