package dejima.server.drill;

import dejima.agent.TlsIdentity;
import dejima.evidence.Carried;
import dejima.evidence.EvidenceLog;
import dejima.evidence.LogSettings;
import dejima.evidence.NoteSecret;
import dejima.evidence.RequestIds;
import dejima.evidence.Signer;
import dejima.gateway.Credential;
import dejima.gateway.Gateway;
import dejima.gateway.KeyHash;
import dejima.gateway.KeyRing;
import dejima.gateway.Limits;
import dejima.gateway.SiteState;
import dejima.gateway.SiteTable;
import dejima.gateway.TenantSalt;
import dejima.residency.ActivePolicy;
import dejima.residency.PolicyBundle;
import dejima.residency.SiteGrounds.Source;
import dejima.server.config.ServerConfig;
import dejima.server.http.Exchanges;
import dejima.server.http.Health;
import dejima.server.http.PublicListener;
import dejima.server.http.Receipts;
import dejima.server.http.RequestObserver;
import dejima.server.http.SiteConnection;
import dejima.server.http.SiteLines;
import dejima.server.http.StatementDesk;
import dejima.server.policy.PolicyArchive;
import dejima.server.records.FactSheets;
import dejima.server.records.LastRecorded;
import dejima.server.records.NodeRecords;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A second gateway in the same process that serves nobody but the drill: the same code, policy and
/// facts before the same sites, but listener, connections, breakers, keys and evidence of its own.
/// The sites that a withdrawal takes hang on a [Line] each.
///
/// It shows the sites the gateway's own key, because they take no other; what tells its requests
/// apart is their text and their user.
public final class Shadow implements AutoCloseable {
  private static final int SECONDS = 30;

  private static final Logger LOG = LoggerFactory.getLogger(Shadow.class);

  private final List<AutoCloseable> parts;
  private final List<Line> lines = new ArrayList<>();
  private final KeyRing ring = new KeyRing();
  private final List<Credential> keys = new ArrayList<>();
  private final Withdrawal withdrawal;
  private final RandomGenerator random;
  private final SiteTable table;
  private final URI address;

  /// What the shadow is cast by.
  ///
  /// @param config the gateway's
  /// @param identity the gateway's key towards sites
  /// @param gateway decides for the gateway
  /// @param sites the gateway's sites
  /// @param table what is on record of them
  /// @param steady a clock that never jumps, by which grounds end
  /// @param clock dates entries
  /// @param background runs what blocks
  /// @param random must be fit for secrets
  public record Original(
      ServerConfig config,
      TlsIdentity identity,
      Gateway gateway,
      List<SiteConnection> sites,
      SiteTable table,
      InstantSource steady,
      InstantSource clock,
      Executor background,
      RandomGenerator random) {
    /// Copies the list.
    public Original {
      sites = List.copyOf(sites);
    }
  }

  private Shadow(
      Original of,
      PolicyBundle bundle,
      Withdrawal withdrawal,
      Path scratch,
      List<AutoCloseable> parts) {
    this.parts = parts;
    this.withdrawal = withdrawal;
    this.random = of.random();
    EvidenceLog log = closing(log(of, scratch));
    RequestIds ids = new RequestIds(of.clock(), of.random());
    StatementDesk statements =
        new StatementDesk(
            new NodeRecords(log, ids),
            LastRecorded.in(scratch.resolve("recorded.json")),
            of.clock(),
            of.background());
    List<SiteConnection> sites =
        of.sites().stream().map(site -> connection(site, statements, of)).toList();
    this.table = new SiteTable(sites.stream().map(SiteConnection::state).toList());
    FactSheets sheets = new FactSheets(scratch.resolve("facts"));
    sheets.keep(table.sheet());
    of.table().sites().stream()
        .flatMap(site -> of.table().sheet().of(site.id()).stream())
        .forEach(facts -> table.record(facts, sheets::keep));
    Exchanges exchanges =
        new Exchanges(
            of.gateway().over(table, bundle, ids::next),
            ring,
            log,
            Exchanges.byId(sites),
            new RequestObserver() {},
            of.background(),
            of.config().timeouts(),
            of.config().limits().maxBodyBytes(),
            of.clock());
    PublicListener listener =
        PublicListener.hidden(
            new PublicListener.Parts(
                of.config(),
                new SiteLines(),
                exchanges,
                of.identity(),
                table,
                new Health(log, new ActivePolicy(bundle), table, List::of),
                new Receipts(
                    log,
                    new PolicyArchive(scratch.resolve("policies")),
                    sheets,
                    _ -> Carried.NONE,
                    (_, _) -> Optional.empty(),
                    (_, _) -> Optional.empty()),
                Map.of(),
                Optional.empty(),
                scratch.resolve("evidence").resolve("public"),
                of.clock().millis() / 1_000));
    open(listener);
    this.address = URI.create("http://127.0.0.1:" + listener.port());
  }

  /// Casts a shadow and waits until it takes requests.
  ///
  /// @param scratch an empty directory for what it writes
  static Shadow of(Original original, PolicyBundle bundle, Withdrawal withdrawal, Path scratch) {
    List<AutoCloseable> parts = new ArrayList<>();
    try {
      return new Shadow(original, bundle, withdrawal, scratch, parts);
    } catch (RuntimeException failed) {
      closeAll(parts);
      throw failed;
    }
  }

  private <T extends AutoCloseable> T closing(T part) {
    parts.add(part);
    return part;
  }

  private static EvidenceLog log(Original of, Path scratch) {
    Signer signer =
        Signer.ed25519(NoteSecret.generate(of.config().origin() + "/shadow", of.random()));
    return EvidenceLog.inDirectory(
        scratch.resolve("evidence"), LogSettings.of(signer, of.clock()).withSegmentBytes(1 << 20));
  }

  /// A site as the gateway knows it now, so that policy decides alike.
  private SiteConnection connection(SiteConnection live, StatementDesk statements, Original of) {
    SiteState state = new SiteState(live.config().facts(), live.state().pin(), of.steady());
    SiteState.Grounded known = live.state().grounded();
    state.ground(Source.REGISTER, _ -> known.grounds(), known.entries());
    return new SiteConnection(state, live.config(), address(live), statements);
  }

  private SocketAddress address(SiteConnection live) {
    if (!withdrawal.takes(live.state().id())) {
      return live.address();
    }
    SocketAddress site = live.address();
    Line line = closing(Line.to(new InetSocketAddress(site.host(), site.port())));
    lines.add(line);
    return SocketAddress.inetSocketAddress(line.door());
  }

  private void open(PublicListener listener) {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    parts.add(() -> done(vertx.close()));
    done(vertx.deployVerticle(listener, new DeploymentOptions()));
  }

  private static void done(Future<?> future) {
    future.toCompletionStage().toCompletableFuture().orTimeout(SECONDS, TimeUnit.SECONDS).join();
  }

  /// A probe with a key of the tenant and project that it stands for.
  Probe probe(Work work) {
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    byte[] salt = new byte[32];
    random.nextBytes(salt);
    String id = "drill" + keys.size();
    String text = HexFormat.of().formatHex(secret);
    keys.add(
        new Credential(
            id,
            KeyHash.of(text),
            work.tenant().isEmpty() ? "drill" : work.tenant(),
            new TenantSalt(salt),
            work.project().isEmpty() ? "drill" : work.project(),
            Optional.empty(),
            Limits.NONE,
            Optional.empty(),
            false));
    ring.replace(keys);
    return new Probe(work, address, "dj_" + id + "_" + text);
  }

  /// How many requests are under way at the sites that are taken away.
  int inFlight() {
    return table.sites().stream()
        .filter(site -> withdrawal.takes(site.id()))
        .mapToInt(SiteState::inFlight)
        .sum();
  }

  /// Takes the sites away: their connections break, and new ones are refused.
  void withdraw() {
    lines.forEach(Line::cut);
  }

  @Override
  public void close() {
    closeAll(parts);
  }

  private static void closeAll(List<AutoCloseable> parts) {
    for (AutoCloseable part : parts.reversed()) {
      try {
        part.close();
      } catch (Exception failed) {
        LOG.warn("a part of a drill's shadow did not close: {}", failed.toString());
      }
    }
  }
}
