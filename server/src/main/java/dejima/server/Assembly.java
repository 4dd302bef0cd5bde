package dejima.server;

import dejima.agent.TlsIdentity;
import dejima.evidence.EvidenceLog;
import dejima.evidence.LogSettings;
import dejima.evidence.RequestIds;
import dejima.evidence.Signer;
import dejima.evidence.VerificationKeys;
import dejima.gateway.Gateway;
import dejima.gateway.KeyRing;
import dejima.gateway.SiteTable;
import dejima.residency.ActivePolicy;
import dejima.residency.BundleReading;
import dejima.residency.ModelFacts;
import dejima.residency.PolicyBundle;
import dejima.residency.Problem;
import dejima.server.admin.AdminListener;
import dejima.server.admin.AdminRoutes;
import dejima.server.admin.AdminToken;
import dejima.server.admin.DrillRoutes;
import dejima.server.admin.ExportRoutes;
import dejima.server.admin.TenantRoutes;
import dejima.server.attestation.AttestationDesk;
import dejima.server.config.InvalidConfig;
import dejima.server.config.ServerConfig;
import dejima.server.config.ServerConfig.PolicySource;
import dejima.server.config.ServerConfig.SiteConfig;
import dejima.server.console.ClassDecision;
import dejima.server.console.ConsoleSources;
import dejima.server.console.GatewayFeed;
import dejima.server.console.HeadWatch;
import dejima.server.console.LiveFeed;
import dejima.server.console.PolicyCard;
import dejima.server.console.PolicyStanding;
import dejima.server.corretto.QuickSigner;
import dejima.server.drill.DrillDesk;
import dejima.server.drill.Shadow;
import dejima.server.export.ExportDesk;
import dejima.server.export.Exporter;
import dejima.server.export.ImportDesk;
import dejima.server.export.ImportedReceipts;
import dejima.server.http.Exchanges;
import dejima.server.http.Health;
import dejima.server.http.PublicListener;
import dejima.server.http.Receipts;
import dejima.server.http.RequestObserver;
import dejima.server.http.SiteConnection;
import dejima.server.http.SiteLines;
import dejima.server.http.StatementDesk;
import dejima.server.keys.KeyDesk;
import dejima.server.keys.KeyStore;
import dejima.server.keys.SaltDesk;
import dejima.server.location.LocationWatch;
import dejima.server.location.MeasuringParts;
import dejima.server.policy.ConfigurationCheck;
import dejima.server.policy.ConfigurationPaths;
import dejima.server.policy.PolicyArchive;
import dejima.server.policy.PolicyDesk;
import dejima.server.policy.PolicyGate;
import dejima.server.policy.PolicySignatures;
import dejima.server.postgres.Database;
import dejima.server.postgres.PostgresKeyStore;
import dejima.server.records.FactSheets;
import dejima.server.records.KeyRecords;
import dejima.server.records.LastRecorded;
import dejima.server.records.NodeRecords;
import dejima.server.register.RegisterDesk;
import dejima.server.register.RegisterOutcome;
import dejima.server.register.RegisterWatch;
import dejima.server.telemetry.Broadcast;
import dejima.server.telemetry.Metrics;
import dejima.server.telemetry.Traces;
import dejima.server.witness.WitnessPolicy;
import dejima.server.witness.Witnesses;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Builds a [Platform] from top to bottom, in the order in which its parts need each other.
///
/// Its fields are the parts that several others share; whatever has to be closed goes into `parts`
/// as soon as it exists.
final class Assembly {
  private static final Logger LOG = LoggerFactory.getLogger(Assembly.class);
  private static final int SECONDS_TO_START = 60;
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final ServerConfig config;
  private final Supplier<PolicySource> policySource;
  private final List<AutoCloseable> parts;
  private final InstantSource clock = InstantSource.system();
  private final InstantSource steady = new SteadyClock(clock);
  private final SecureRandom random = new SecureRandom();
  private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
  private volatile Optional<Instant> policySince = Optional.empty();

  Assembly(ServerConfig config, Supplier<PolicySource> policySource, List<AutoCloseable> parts) {
    this.config = config;
    this.policySource = policySource;
    this.parts = parts;
  }

  Platform platform() {
    parts.add(background);
    DataDirectory data = closing(DataDirectory.open(config.data()));
    // The embedded database takes longest to start, so everything else is built meanwhile.
    CompletableFuture<Database> starting =
        CompletableFuture.supplyAsync(this::database, background);
    AdminToken token = AdminToken.in(config.data(), random);
    TlsIdentity identity =
        TlsIdentity.inDirectory(config.data().resolve("identity"), "dejima-gateway", clock);
    LogKeys logKeys = data.keys();
    Signer signer = new QuickSigner(logKeys.current(config.origin(), random), background);
    EvidenceLog log =
        closing(
            EvidenceLog.inDirectory(
                data.log(), LogSettings.of(signer, clock).withRetiring(logKeys.retiring())));
    RequestIds ids = new RequestIds(clock, random);
    NodeRecords records = new NodeRecords(log, ids);
    LastRecorded lastRecorded = LastRecorded.in(config.data().resolve("recorded.json"));
    KeyRecords keyRecords = new KeyRecords(records, lastRecorded);
    keyRecords.started(log.key().text(), identity.pin().text(), pins(config.sites()));
    LiveFeed feed = new LiveFeed();
    StatementDesk statements = new StatementDesk(records, lastRecorded, clock, background);
    List<SiteConnection> sites =
        config.sites().stream()
            .map(site -> SiteConnection.resolve(site, statements, steady))
            .toList();
    SiteTable table = new SiteTable(sites.stream().map(SiteConnection::state).toList());
    FactSheets sheets = new FactSheets(config.data().resolve("facts"));
    sheets.keep(table.sheet());
    ActivePolicy policy = new ActivePolicy(PolicyBundle.none());
    PolicyArchive archive = new PolicyArchive(config.data().resolve("policies"));
    PolicyDesk policies =
        new PolicyDesk(
            policySource,
            policy,
            archive,
            records,
            new PolicyGate(config.policyApprovers(), ConfigurationPaths.of(config)),
            bundle -> {
              feed.policy(PolicyCard.of(bundle));
              policySince = Optional.of(clock.instant());
            });
    loadPolicy(policies);
    Optional<RegisterDesk> register =
        config
            .register()
            .map(settings ->
                new RegisterDesk(
                    settings, config.data().resolve("registers"), records, lastRecorded));
    register.ifPresent(Assembly::loadRegister);
    Optional<RegisterWatch> registerWatch =
        register.map(desk -> new RegisterWatch(desk, table, sheets::keep, clock, steady));
    registerWatch.ifPresent(RegisterWatch::run);
    warnIfNothingIsPermitted(policy.current(), config.sites());
    SiteLines lines = new SiteLines();
    LocationWatch locations =
        closing(
            LocationWatch.over(
                config.location(),
                sites,
                new MeasuringParts(lines, identity, clock, steady, random),
                records));
    Metrics metrics = new Metrics();
    metrics.watch(table);
    Witnesses witnesses = closing(new Witnesses(log, witnessPolicy(), clock));
    metrics.watch(witnesses);
    GatewayFeed gatewayFeed = new GatewayFeed(feed, clock);
    KeyRing ring = new KeyRing();
    Gateway gateway =
        new Gateway(
            policy,
            table,
            model -> registerWatch.map(watch -> watch.model(model)).orElse(ModelFacts.UNREGISTERED),
            ids::next);
    Exchanges exchanges =
        new Exchanges(
            gateway,
            ring,
            log,
            Exchanges.byId(sites),
            new Broadcast(observers(metrics, gatewayFeed)),
            background,
            config.timeouts(),
            config.limits().maxBodyBytes(),
            clock);
    KeyStore store = new PostgresKeyStore(closing(await(starting)));
    ImportedReceipts imported = new ImportedReceipts(config.data());
    imported.sweep(store::knows);
    Receipts receipts = new Receipts(log, archive, sheets, store::kept, imported::find);
    ExportDesk exports =
        new ExportDesk(
            new Exporter(log, data.publicLog(), receipts, archive, signer, clock),
            store,
            config.data(),
            random,
            background);
    KeyDesk keys =
        new KeyDesk(
            store,
            ring,
            keyRecords,
            random,
            clock,
            pseudonym -> {
              imported.forget(pseudonym);
              exports.forget(pseudonym);
            });
    keys.refresh();
    ImportDesk imports = new ImportDesk(store, imported, keyRecords, random, clock);
    DrillDesk drills =
        DrillDesk.of(
            new Shadow.Original(
                config, identity, gateway, sites, table, steady, clock, background, random),
            policy,
            log,
            records,
            config.data());
    AdminRoutes routes =
        new AdminRoutes(
            keys, table, policy, policies, register, metrics, witnesses, locations, background);
    listen(
        new PublicListener.Parts(
            config,
            lines,
            exchanges,
            identity,
            table,
            new Health(log, policy, table, witnesses::remarks),
            receipts,
            notices(logKeys),
            register.flatMap(desk -> attestation(desk, records)),
            data.publicLog(),
            clock.millis() / 1_000),
        new AdminListener(
            config.admin(),
            token,
            routes,
            new ConsoleSources(
                feed,
                log,
                table,
                policy,
                () -> standing(policies, policy.current()),
                locations::json,
                drills::list,
                drills::last,
                steady,
                background),
            List.of(
                new TenantRoutes(
                    keys,
                    new SaltDesk(store, keys, log, keyRecords, imported::forgetOne, clock),
                    background),
                new DrillRoutes(drills, keys, background),
                new ExportRoutes(exports, imports, keys, config.data(), background))));
    locations.start();
    everySecond(
        keys::refresh,
        () -> registerWatch.ifPresent(RegisterWatch::run),
        () -> gatewayFeed.sites(sites, policy.current()),
        new HeadWatch(log, feed, clock));
    return new Platform(List.copyOf(parts), config, token, log.key().text(), identity.pin().text());
  }

  private Optional<AttestationDesk> attestation(RegisterDesk register, NodeRecords records) {
    return config
        .register()
        .flatMap(settings ->
            settings
                .mirror()
                .map(mirror ->
                    new AttestationDesk(
                        mirror,
                        settings.approvers(),
                        config.data().resolve("attestations"),
                        records,
                        site ->
                            register
                                .current()
                                .map(known ->
                                    AttestationDesk.Registered.of(known, site, clock.instant()))
                                .orElse(AttestationDesk.Registered.NOTHING),
                        clock,
                        steady,
                        random)));
  }

  private PolicyStanding standing(PolicyDesk policies, PolicyBundle bundle) {
    return new PolicyStanding(
        policies.proofs(),
        PolicySignatures.signers(bundle),
        !config.policyApprovers().keys().isEmpty(),
        policySince,
        policies.rejected());
  }

  private VerificationKeys witnessPolicy() {
    return config.witnessPolicy().map(WitnessPolicy::read).orElse(WitnessPolicy.NONE);
  }

  private static Map<String, String> pins(List<SiteConfig> sites) {
    return sites.stream()
        .collect(Collectors.toMap(site -> site.facts().id(), site -> site.pin().text()));
  }

  private <T extends AutoCloseable> T closing(T part) {
    parts.add(part);
    return part;
  }

  private Database database() {
    return config
        .database()
        .map(external ->
            Database.at(external.url(), external.user(), DataDirectory.password(external)))
        .orElseGet(() -> Database.embeddedIn(config.data().resolve("postgres")));
  }

  private static Database await(CompletableFuture<Database> starting) {
    try {
      return starting.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
    }
  }

  /// What anybody may read of this log beside its files.
  private Map<String, String> notices(LogKeys keys) {
    return Map.of(
        "/log/keys",
        keys.published(),
        "/log/succession",
        keys.succession().file(),
        "/log/landmarks",
        config.location().trusted().file());
  }

  private static void loadPolicy(PolicyDesk policies) {
    switch (policies.reload()) {
      case BundleReading.Loaded(PolicyBundle bundle) ->
          LOG.info(
              "policy {} {} is in force, hash {}", bundle.id(), bundle.version(), bundle.hash());
      case BundleReading.Rejected(var problems) -> {
        refuseForbiddenPaths(problems);
        problems.forEach(problem ->
            LOG.error(
                "policy: {}; every request is refused until a sound bundle is loaded",
                problem.text()));
      }
    }
  }

  /// A path that is open for every request cannot be closed by refusing requests.
  private static void refuseForbiddenPaths(List<Problem> problems) {
    List<String> paths =
        problems.stream()
            .filter(problem -> problem.file().equals(ConfigurationCheck.FILE))
            .map(Problem::message)
            .toList();
    if (!paths.isEmpty()) {
      throw new InvalidConfig("the configuration", paths);
    }
  }

  private static void loadRegister(RegisterDesk desk) {
    switch (desk.reload()) {
      case RegisterOutcome.InForce(var register, var people) ->
          LOG.info(
              "register {} version {} is in force, signed by {}",
              register.head().name(),
              register.head().version(),
              String.join(", ", people));
      case RegisterOutcome.Refused(var reasons) ->
          reasons.forEach(reason ->
              LOG.error(
                  "register: {}; {}",
                  reason,
                  desk.current()
                      .map(old -> "version " + old.head().version() + " stays in force")
                      .orElse("no site has more than its configured facts")));
    }
  }

  /// A server that refuses everything is most often a surprise.
  private static void warnIfNothingIsPermitted(PolicyBundle policy, List<SiteConfig> sites) {
    boolean some =
        sites.stream()
            .flatMap(site -> ClassDecision.all(policy, site.facts()).stream())
            .anyMatch(decided -> decided.decision().permits());
    if (!sites.isEmpty() && !some) {
      LOG.warn(
          "policy {} permits no data class at any configured site: every request will be refused"
              + " unless a register and landmarks raise the sites' evidence above E0 (declared)."
              + " 'dejima sites list' shows it; see 'Choose a policy' in the README",
          policy.id());
    }
  }

  private List<RequestObserver> observers(Metrics metrics, GatewayFeed feed) {
    List<RequestObserver> observers = new ArrayList<>(List.of(metrics, feed));
    config.otlp().ifPresent(collector -> observers.add(closing(Traces.to(collector, clock))));
    return observers;
  }

  private void listen(PublicListener.Parts shared, AdminListener admin) {
    Vertx vertx =
        Vertx.builder()
            .with(
                new VertxOptions()
                    .setEventLoopPoolSize(config.limits().eventLoops() + 1)
                    .setPreferNativeTransport(true)
                    .setFileSystemOptions(
                        new FileSystemOptions()
                            .setFileCachingEnabled(false)
                            .setClassPathResolvingEnabled(false)))
            .build();
    parts.add(() -> done(vertx.close()));
    List<Future<?>> opening = new ArrayList<>();
    for (int i = 0; i < config.limits().eventLoops(); i++) {
      opening.add(
          vertx.deployVerticle(new PublicListener(shared, i == 0), new DeploymentOptions()));
    }
    opening.add(vertx.deployVerticle(admin, new DeploymentOptions()));
    try {
      done(Future.all(opening));
    } catch (RuntimeException failed) {
      throw new PortUnavailable(config, failed);
    }
  }

  private static void done(Future<?> future) {
    future
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(SECONDS_TO_START, TimeUnit.SECONDS)
        .join();
  }

  private void everySecond(Runnable... tasks) {
    Thread timer =
        Thread.ofVirtual()
            .name("dejima-second")
            .start(() -> {
              while (pause()) {
                for (Runnable task : tasks) {
                  attempt(task);
                }
              }
            });
    parts.add(timer::interrupt);
  }

  private static boolean pause() {
    try {
      Thread.sleep(PERIOD);
      return true;
    } catch (InterruptedException stopped) {
      return false;
    }
  }

  private static void attempt(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException failed) {
      LOG.warn("a periodic task failed and will be tried again: {}", failed.toString());
    }
  }
}
