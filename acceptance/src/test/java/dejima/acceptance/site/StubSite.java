package dejima.acceptance.site;

import dejima.acceptance.product.FreePorts;
import dejima.acceptance.product.SiteEntry;
import dejima.agent.PinnedKey;
import dejima.agent.PinnedTrust;
import dejima.agent.TlsIdentity;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/// A site in this JVM that serves one model, plays a script and keeps what it was sent.
public final class StubSite implements AutoCloseable {
  static final String DIGEST =
      "sha256:0000000000000000000000000000000000000000000000000000000000000000";
  private static final int SECONDS_TO_START = 20;

  private final Vertx vertx;
  private final String id;
  private final String model;
  private final String gatewayPin;
  private final Path folder;
  private final int port = FreePorts.take(1).getFirst();
  private final List<String> received = new CopyOnWriteArrayList<>();
  private volatile CompletableFuture<Long> left = new CompletableFuture<>();
  private volatile Script script;
  private TlsIdentity identity;
  private Optional<HttpServer> server = Optional.empty();

  /// @param folder where its key is kept
  /// @param gatewayPin the only gateway that it answers
  public StubSite(
      Vertx vertx, String id, String model, Script script, Path folder, String gatewayPin) {
    this.vertx = vertx;
    this.id = id;
    this.model = model;
    this.script = script;
    this.folder = folder;
    this.gatewayPin = gatewayPin;
    this.identity = identity("key");
  }

  private TlsIdentity identity(String name) {
    return TlsIdentity.inDirectory(folder.resolve(id + "-" + name), id, InstantSource.system());
  }

  /// Listens.
  public StubSite start() {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost("127.0.0.1")
            .setPort(port)
            .setSsl(true)
            .setClientAuth(ClientAuth.REQUIRED)
            .setKeyCertOptions(identity.options())
            .setTrustOptions(PinnedTrust.in(new PinnedKey(gatewayPin)).options());
    server =
        Optional.of(
            vertx
                .createHttpServer(options)
                .requestHandler(this::handle)
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(SECONDS_TO_START, TimeUnit.SECONDS)
                .join());
    return this;
  }

  /// Stops and comes back at the same address with another key, as an impostor would, or whoever
  /// changes keys.
  public void returnWithAnotherKey() {
    close();
    identity = identity("other-key");
    start();
  }

  /// The pin of that other key.
  public String otherPin() {
    return identity("other-key").pin().text();
  }

  /// Plays another script from now on.
  public void plays(Script next) {
    script = next;
  }

  private void handle(HttpServerRequest request) {
    if (request.path().equals("/dejima/v1/status")) {
      request.response().putHeader("Content-Type", "application/json").end(status());
      return;
    }
    request.connection().closeHandler(_ -> left.complete(System.nanoTime()));
    request.bodyHandler(body -> {
      received.add(body.toString());
      script.play(new Visit(this, request, body));
    });
  }

  private String status() {
    return """
    {"v":1,"site":"%s","operator":"Stub","standIn":true,"engine":{"name":"stub","version":"1"},\
    "models":[{"id":"%s","digest":"%s","kinds":["chat","completion","embedding"],"contextLength":512}],\
    "capacity":{"concurrent":64,"inFlight":0,"queued":0}}\
    """
        .formatted(id, model, DIGEST);
  }

  void after(long millis, Runnable task) {
    vertx.setTimer(millis, _ -> task.run());
  }

  void every(long millis, Runnable task, Visit visit) {
    long timer = vertx.setPeriodic(millis, _ -> task.run());
    visit
        .request()
        .connection()
        .closeHandler(_ -> {
          vertx.cancelTimer(timer);
          left.complete(System.nanoTime());
        });
  }

  /// When the gateway next leaves a connection, on the monotonic clock.
  public CompletableFuture<Long> nextLeave() {
    left = new CompletableFuture<>();
    return left;
  }

  /// The bodies of all requests that came.
  public List<String> received() {
    return received;
  }

  /// The site as a gateway's configuration names it.
  public SiteEntry entry(String country, String control) {
    return new SiteEntry(id, country, control, "", port, identity.pin().text());
  }

  /// Its name.
  public String id() {
    return id;
  }

  /// The model that it serves.
  public String model() {
    return model;
  }

  TlsIdentity identity() {
    return identity;
  }

  @Override
  public void close() {
    server.ifPresent(open ->
        open.close()
            .toCompletionStage()
            .toCompletableFuture()
            .orTimeout(SECONDS_TO_START, TimeUnit.SECONDS)
            .join());
    server = Optional.empty();
  }
}
