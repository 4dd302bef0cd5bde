package dejima.server.http;

import dejima.agent.TlsIdentity;
import dejima.gateway.SiteTable;
import dejima.server.attestation.AttestationDesk;
import dejima.server.config.Address;
import dejima.server.config.ServerConfig;
import dejima.server.config.ServerConfig.TlsFiles;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One event loop of the public listener. Several share the port; each has its own connections to
/// the sites, and the first also asks the sites how they are.
public final class PublicListener extends VerticleBase {
  private static final int MOST_HEADER_BYTES = 16 << 10;
  private static final int LONGEST_LINE = 8 << 10;
  private static final long ATTESTATION_MILLIS = 5_000;
  private static final long PROBE_MILLIS = 1_000;
  private static final long FIRST_PROBE_MILLIS = 100;
  private static final long FIRST_PROBES_MILLIS = 15_000;

  private final Parts parts;
  private final boolean probing;
  private final Address address;
  private final Optional<TlsFiles> tls;
  private volatile int port;

  /// What all loops share.
  ///
  /// @param config the operator's settings
  /// @param lines asks sites on the connections of every loop
  /// @param shared the inference path's parts
  /// @param identity the gateway's key towards sites
  /// @param table the sites
  /// @param health of this node
  /// @param receipts gives receipts to their tenants
  /// @param notices texts that anybody may read, by their paths
  /// @param attestation judges what sites offer as attestation, if that is set up
  /// @param publicLog directory of the log's static files
  /// @param since epoch seconds that stand for the models' creation
  public record Parts(
      ServerConfig config,
      SiteLines lines,
      Exchanges shared,
      TlsIdentity identity,
      SiteTable table,
      Health health,
      Receipts receipts,
      Map<String, String> notices,
      Optional<AttestationDesk> attestation,
      Path publicLog,
      long since) {}

  /// One of the loops.
  ///
  /// @param probing whether it asks the sites how they are
  public PublicListener(Parts parts, boolean probing) {
    this(parts, probing, parts.config().gateway(), parts.config().tls());
  }

  private PublicListener(Parts parts, boolean probing, Address address, Optional<TlsFiles> tls) {
    this.parts = parts;
    this.probing = probing;
    this.address = address;
    this.tls = tls;
  }

  /// The only loop of a listener that nobody but this machine can reach, at a port that the system
  /// chooses.
  public static PublicListener hidden(Parts parts) {
    return new PublicListener(parts, true, new Address("127.0.0.1", 0), Optional.empty());
  }

  @Override
  public Future<?> start() {
    ServerConfig config = parts.config();
    List<SiteConnection> sites = List.copyOf(parts.shared().sites().values());
    SiteClients clients = new SiteClients(vertx, sites, parts.identity(), config.timeouts());
    parts.lines().join(context, clients);
    Deadlines deadlines = new Deadlines();
    vertx.setPeriodic(Deadlines.INTERVAL_MILLIS, _ -> deadlines.check(System.nanoTime()));
    ConnectionWatch connections =
        new ConnectionWatch(deadlines, config.limits().connections(), config.timeouts().idle());
    Front front = front(new LoopResources(context, clients, deadlines), connections);
    Future<?> probed = probing ? probe(sites, clients) : Future.succeededFuture();
    return probed.compose(_ ->
        vertx
            .createHttpServer(options())
            .connectionHandler(connections)
            .invalidRequestHandler(StrictHead::unreadable)
            .requestHandler(front)
            .listen()
            .onSuccess(server -> port = server.actualPort()));
  }

  /// The port that it listens on, once it does.
  public int port() {
    return port;
  }

  private Front front(LoopResources loop, ConnectionWatch connections) {
    return new Front(
        parts.shared(),
        loop,
        new Models(parts.table(), parts.since()),
        new PublicFiles(parts.publicLog(), parts.notices(), parts.health()),
        parts.receipts(),
        new SealingKeys(parts.table(), parts.attestation()),
        connections);
  }

  /// Asks every site once before the listener opens, and each second from then on; at first one
  /// that has not answered yet more often, because programs that start together become ready
  /// together.
  private Future<?> probe(List<SiteConnection> sites, SiteClients clients) {
    List<SiteProbe> probes =
        sites.stream().map(site -> new SiteProbe(site, pin -> clients.of(site, pin))).toList();
    vertx.setPeriodic(PROBE_MILLIS, _ -> probes.forEach(SiteProbe::ask));
    parts.attestation().ifPresent(desk -> probeAttestation(sites, clients, desk));
    long first =
        vertx.setPeriodic(
            FIRST_PROBE_MILLIS,
            _ -> probes.stream().filter(SiteProbe::unheard).forEach(SiteProbe::ask));
    vertx.setTimer(FIRST_PROBES_MILLIS, _ -> vertx.cancelTimer(first));
    return Future.all(probes.stream().map(SiteProbe::ask).toList());
  }

  /// Quotes that hold are verified again each minute, so that what they rest on is looked at again.
  private void probeAttestation(
      List<SiteConnection> sites, SiteClients clients, AttestationDesk desk) {
    List<AttestationProbe> probes =
        sites.stream()
            .map(site ->
                new AttestationProbe(
                    site, pin -> clients.of(site, pin), desk, parts.shared().background()))
            .toList();
    vertx.setPeriodic(PROBE_MILLIS, ATTESTATION_MILLIS, _ -> probes.forEach(AttestationProbe::ask));
  }

  private HttpServerOptions options() {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(address.host())
            .setPort(address.port())
            .setTcpNoDelay(true)
            .setTcpKeepAlive(true)
            .setReuseAddress(true)
            .setHandle100ContinueAutomatically(true)
            .setMaxHeaderSize(MOST_HEADER_BYTES)
            .setMaxInitialLineLength(LONGEST_LINE)
            .setPerFrameWebSocketCompressionSupported(false)
            .setPerMessageWebSocketCompressionSupported(false)
            .setCompressionSupported(false)
            // Waiting for HTTP/2's preface, Vert.x would hide a silent connection from the watch.
            .setHttp2ClearTextEnabled(false);
    tls.ifPresent(files ->
        options
            .setSsl(true)
            .setUseAlpn(true)
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .setCertPath(files.certificate().toString())
                    .setKeyPath(files.key().toString())));
    return options;
  }
}
