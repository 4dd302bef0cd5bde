package dejima.server.cli.demo;

import dejima.evidence.Receipt;
import dejima.server.admin.AdminToken;
import dejima.server.cli.AdminAnswer;
import dejima.server.cli.Exchange;
import dejima.server.cli.GatewayClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;

/// The tour: a confidential question is asked, answered at a domestic site, and its receipt checked
/// offline by another process, then forged and refused.
public final class Demo {
  private static final String QUESTION = "出島とは何ですか。";
  private static final String MODEL = "builtin-selftest";
  private static final int REFUSED = 3;

  private final long startedAt = System.nanoTime();
  private final DemoFiles files;
  private final DemoEvidence evidence;
  private final PrintWriter out;

  /// A demo whose sites are what their operators declare, and no more (evidence level E0).
  ///
  /// @param home where it keeps its files
  /// @param port where its gateway listens
  public static Demo declared(Path home, int port, PrintWriter out) {
    return new Demo(new DemoFiles(home, port), new DeclaredSites(), out);
  }

  /// A demo with a signed register and landmarks, under the policy that ships for earnest.
  ///
  /// @param home where it keeps its files
  /// @param port where its gateway listens
  public static Demo measured(Path home, int port, PrintWriter out) {
    DemoFiles files = new DemoFiles(home, port);
    return new Demo(files, new MeasuredSites(files, InstantSource.system()), out);
  }

  private Demo(DemoFiles files, DemoEvidence evidence, PrintWriter out) {
    this.files = files;
    this.evidence = evidence;
    this.out = out;
  }

  /// Runs the tour and then, unless `once`, goes on serving until the process is ended.
  ///
  /// @return 0 if everything went as it should
  public int run(boolean once) throws IOException, InterruptedException {
    requireFreePorts();
    try (Processes processes = new Processes(launcher(), out)) {
      String gatewayPin = files.makeKeys(InstantSource.system());
      evidence.prepare(gatewayPin, processes);
      files.configure(evidence, gatewayPin);
      Runtime.getRuntime().addShutdownHook(new Thread(processes::close));
      say("出島 Dejima — starting " + evidence.cast());
      startAll(processes);
      Exchange exchange = ask();
      boolean held = check(processes, exchange);
      invite();
      if (!once) {
        say("Running until Ctrl-C. 停止は Ctrl-C。");
        new CountDownLatch(1).await();
      }
      return held ? 0 : 1;
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof DemoFailed cause ? cause : failed;
    }
  }

  private void requireFreePorts() throws IOException {
    List<Integer> ports = new ArrayList<>(List.of(files.port(), files.adminPort()));
    ports.addAll(evidence.ports());
    for (int i = 0; i < StandIn.ALL.size(); i++) {
      ports.add(files.sitePort(i));
    }
    for (int port : ports) {
      try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        probe.setReuseAddress(true);
      } catch (BindException inUse) {
        throw new DemoFailed(
            "Port "
                + port
                + " is in use, perhaps by another demo. Stop it, or choose others with --port.");
      }
    }
  }

  private static Path launcher() {
    String home = System.getenv("DEJIMA_HOME");
    if (home == null) {
      throw new DemoFailed("Start the demo with './dejima demo'.");
    }
    return Path.of(home, "dejima");
  }

  private void startAll(Processes processes) throws IOException, InterruptedException {
    List<CompletableFuture<Void>> ready = new ArrayList<>(evidence.start(processes));
    ready.add(
        processes.start(
            "gateway",
            files.home().resolve("gateway.log"),
            "serve",
            "--config",
            files.gateway().resolve("dejima.yaml").toString()));
    for (StandIn site : StandIn.ALL) {
      ready.add(
          processes.start(
              site.id(),
              files.home().resolve(site.id() + ".log"),
              "agent",
              "--config",
              files.of(site.id()).resolve("agent.yaml").toString()));
    }
    CompletableFuture.allOf(ready.toArray(CompletableFuture[]::new)).join();
    awaitSites();
    awaitEvidence();
  }

  private void awaitEvidence() throws IOException, InterruptedException {
    DemoEvidence.Awaited awaited = evidence.awaited();
    GatewayClient admin = admin();
    for (int i = 0; i < 600; i++) {
      if (AdminAnswer.of(admin.get("/admin/v1/sites")).rows("sites").stream()
          .filter(site -> site.string("id").equals(Optional.of(awaited.site())))
          .anyMatch(site -> site.string("evidence").equals(Optional.of(awaited.level())))) {
        return;
      }
      Thread.sleep(50);
    }
    throw new DemoFailed(
        awaited.site()
            + " does not reach "
            + awaited.level()
            + "; './dejima sites list' says what is missing.");
  }

  private void awaitSites() throws IOException, InterruptedException {
    GatewayClient admin = admin();
    for (int i = 0; i < 200; i++) {
      if (AdminAnswer.of(admin.get("/admin/v1/sites")).sitesUp() == StandIn.ALL.size()) {
        return;
      }
      Thread.sleep(25);
    }
    throw new DemoFailed("The gateway does not reach every site; see " + files.home() + "/*.log.");
  }

  private GatewayClient admin() throws IOException {
    return new GatewayClient(
        URI.create("http://127.0.0.1:" + files.adminPort()),
        AdminToken.read(files.gateway().resolve(AdminToken.FILE)).text());
  }

  private GatewayClient client() throws IOException {
    URI gateway = URI.create("http://127.0.0.1:" + files.port());
    if (Files.exists(files.key())) {
      GatewayClient kept = new GatewayClient(gateway, Files.readString(files.key()).strip());
      if (kept.get("/v1/models").statusCode() == 200) {
        return kept;
      }
    }
    return new GatewayClient(gateway, createKey());
  }

  private String createKey() throws IOException {
    String key =
        AdminAnswer.of(admin().post("/admin/v1/keys", "{\"tenant\":\"demo\",\"project\":\"tour\"}"))
            .string("key");
    Files.writeString(files.key(), key);
    return key;
  }

  private Exchange ask() throws IOException {
    GatewayClient client = client();
    say("");
    say("1  A confidential question (機密性2)   " + QUESTION);
    out.print("   ");
    Exchange exchange = Exchange.ask(client, MODEL, QUESTION, Optional.of("confidentiality-2"));
    exchange.stream(out);
    out.println();
    out.printf(
        "   answered by %s; first token %.0f ms after the question, %.1f s after the start%n",
        exchange.site(), exchange.firstTokenMs(), (exchange.firstTokenAt() - startedAt) / 1e9);
    out.flush();
    return exchange;
  }

  private boolean check(Processes processes, Exchange exchange)
      throws IOException, InterruptedException {
    String text = exchange.receipt(client());
    Path receipt = write("receipt.txt", text);
    Path request = write("request.json", exchange.request());
    Path response = write("response.txt", exchange.response());
    String keys = files.gateway().resolve("evidence.pub").toString();
    say("");
    say("2  The policy's decision for every site, from the receipt");
    DecisionTable.print(Receipt.parse(text.getBytes(StandardCharsets.UTF_8)).orThrow(), out);
    evidence.caveat().forEach(line -> say("  " + line));
    say("");
    say("3  The receipt, checked offline by another process from the file and the log's key");
    List<String> verify =
        new ArrayList<>(
            List.of(
                "verify",
                receipt.toString(),
                "--keys",
                keys,
                "--request",
                request.toString(),
                "--response",
                response.toString()));
    verify.addAll(evidence.verifyOptions());
    int genuine = processes.run(verify.toArray(String[]::new));
    Path forged = write("receipt-forged.txt", Tampering.lowerClass(text));
    say("");
    say("4  A copy in which somebody lowered the data class");
    int refused = processes.run("verify", forged.toString(), "--keys", keys);
    return genuine == 0 && refused == REFUSED;
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(files.home().resolve(name), text);
  }

  private void invite() throws IOException {
    String key = Files.readString(files.key()).strip();
    say("");
    say("5  Your turn");
    say("   console  http://127.0.0.1:%d/?token=%s".formatted(files.adminPort(), token()));
    say("   key      " + key);
    say("   curl -N http://127.0.0.1:%d/v1/chat/completions \\".formatted(files.port()));
    say("     -H 'Authorization: Bearer %s' \\".formatted(key));
    say("     -H 'Content-Type: application/json' -H 'Dejima-Data-Class: confidentiality-2' \\");
    say(
        "     -d '{\"model\":\"%s\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}'"
            .formatted(MODEL, QUESTION));
    say("   receipt  ./dejima verify " + files.home().resolve("receipt.txt"));
    say("");
  }

  private String token() throws IOException {
    return AdminToken.read(files.gateway().resolve(AdminToken.FILE)).text();
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
