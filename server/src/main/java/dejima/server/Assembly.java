package dejima.server;

import dejima.agent.PinnedKey;
import dejima.agent.TlsIdentity;
import dejima.attestation.HeadNonce;
import dejima.audit.PolicySignatures;
import dejima.evidence.Approvers;
import dejima.evidence.EvidenceLog;
import dejima.evidence.LogSettings;
import dejima.evidence.RequestIds;
import dejima.evidence.Signer;
import dejima.evidence.TrustedApprovers;
import dejima.evidence.VerificationKeys;
import dejima.gateway.Gateway;
import dejima.gateway.KeyRing;
import dejima.gateway.SiteState;
import dejima.gateway.SiteTable;
import dejima.register.Attribution;
import dejima.residency.ActivePolicy;
import dejima.residency.ModelFacts;
import dejima.residency.PolicyBundle;
import dejima.server.admin.AdminListener;
import dejima.server.admin.AdminRoutes;
import dejima.server.admin.AdminToken;
import dejima.server.admin.DrillRoutes;
import dejima.server.admin.ExportRoutes;
import dejima.server.admin.TenantRoutes;
import dejima.server.attestation.AttestationArchive;
import dejima.server.attestation.AttestationDesk;
import dejima.server.config.LocationSettings.SiteLocation;
import dejima.server.config.ServerConfig;
import dejima.server.config.ServerConfig.PolicySource;
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
import dejima.server.export.TenantFolders;
import dejima.server.files.Scratch;
import dejima.server.http.Exchanges;
import dejima.server.http.Health;
import dejima.server.http.PublicListener;
import dejima.server.http.Receipts;
import dejima.server.http.RequestObserver;
import dejima.server.http.SiteConnection;
import dejima.server.http.SiteLines;
import dejima.server.http.StatementDesk;
import dejima.server.keys.KeptElsewhere;
import dejima.server.keys.KeyDesk;
import dejima.server.keys.KeyStore;
import dejima.server.keys.SaltDesk;
import dejima.server.location.LocationWatch;
import dejima.server.location.MeasuringParts;
import dejima.server.location.Registered;
import dejima.server.policy.ConfigurationPaths;
import dejima.server.policy.PolicyArchive;
import dejima.server.policy.PolicyDesk;
import dejima.server.policy.PolicyGate;
import dejima.server.postgres.PostgresKeyStore;
import dejima.server.records.FactSheets;
import dejima.server.records.KeyRecords;
import dejima.server.records.LastRecorded;
import dejima.server.records.NodeRecords;
import dejima.server.register.RegisterArchive;
import dejima.server.register.RegisterDesk;
import dejima.server.register.RegisterSettings;
import dejima.server.register.RegisterWatch;
import dejima.server.telemetry.Broadcast;
import dejima.server.telemetry.Metrics;
import dejima.server.telemetry.Traces;
import dejima.server.witness.WitnessPolicy;
import dejima.server.witness.Witnesses;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Builds a [Platform] from top to bottom, in the order in which its parts need each other.
///
/// Its fields are the parts that several others share; whatever has to be closed goes into `parts`
/// as soon as it exists. One method holds the whole order, because the order is what it says.
final class Assembly {
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
    StartingDatabase database = new StartingDatabase(config, background);
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
    keyRecords.started(log.key().text(), identity.pin().text(), pins(keyRecords));
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
    FirstLoad.policy(policies);
    Optional<RegisterDesk> register =
        config
            .register()
            .map(settings ->
                new RegisterDesk(
                    settings, config.data().resolve("registers"), records, lastRecorded));
    register.ifPresent(FirstLoad::register);
    Optional<RegisterWatch> registerWatch =
        register.map(
            desk -> new RegisterWatch(desk, table, this::declared, sheets::keep, clock, steady));
    registerWatch.ifPresent(RegisterWatch::run);
    FirstLoad.warnIfNothingIsPermitted(policy.current(), config.sites());
    SiteLines lines = new SiteLines();
    LocationWatch locations =
        closing(
            LocationWatch.over(
                config.location(),
                sites,
                site ->
                    Registered.of(
                        register.flatMap(RegisterDesk::current),
                        site.id(),
                        site.configured().operator(),
                        clock.instant()),
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
    Function<SiteState, List<ClassDecision>> permits =
        site -> ClassDecision.all(dataClass -> gateway.atBest(policy.current(), dataClass, site));
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
    KeyStore store = new PostgresKeyStore(closing(database.await()));
    ImportedReceipts imported = new ImportedReceipts(config.data());
    imported.sweep(store::knows);
    Scratch.sweep(config.data().resolve("scratch"));
    RegisterArchive registers = new RegisterArchive(config.data().resolve("registers"));
    Receipts receipts =
        new Receipts(
            log,
            archive,
            sheets,
            hash -> registers.carried(hash).and(attestations().find(hash)),
            store::kept,
            imported::find);
    ExportDesk exports =
        new ExportDesk(
            new Exporter(log, data.publicLog(), receipts, archive, signer, clock),
            store,
            config.data(),
            random,
            background);
    KeptElsewhere elsewhere = new TenantFolders(imported, exports);
    KeyDesk keys = new KeyDesk(store, ring, keyRecords, random, clock, elsewhere);
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
            keys,
            table,
            policy,
            permits,
            policies,
            register,
            metrics,
            witnesses,
            locations,
            background);
    closing(new Listeners(config))
        .open(
            new PublicListener.Parts(
                config,
                lines,
                exchanges,
                identity,
                table,
                new Health(log, policy, table, witnesses::remarks),
                receipts,
                notices(logKeys),
                register.flatMap(desk -> attestation(desk, records, log)),
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
                    permits,
                    () -> standing(policies, policy.current()),
                    locations::json,
                    drills::list,
                    drills::last,
                    steady,
                    background),
                List.of(
                    new TenantRoutes(
                        keys,
                        new SaltDesk(store, keys, log, keyRecords, elsewhere, clock),
                        background),
                    new DrillRoutes(drills, keys, background),
                    new ExportRoutes(exports, imports, keys, config.data(), background))));
    locations.start();
    closing(
        new EverySecond(
            keys::refresh,
            () -> registerWatch.ifPresent(RegisterWatch::run),
            () -> gatewayFeed.sites(sites, permits),
            new HeadWatch(log, feed, clock)));
    return new Platform(List.copyOf(parts), config, token, log.key().text(), identity.pin().text());
  }

  private Optional<Attribution.Declared> declared(String site) {
    return config.sites().stream()
        .filter(one -> one.facts().id().equals(site))
        .flatMap(one -> one.location().stream())
        .map(SiteLocation::declared)
        .map(place -> new Attribution.Declared(place.latitude(), place.longitude()))
        .findFirst();
  }

  private Optional<AttestationDesk> attestation(
      RegisterDesk register, NodeRecords records, EvidenceLog log) {
    return config
        .register()
        .flatMap(settings ->
            settings
                .mirror()
                .map(mirror ->
                    new AttestationDesk(
                        mirror,
                        settings.approvers(),
                        attestations(),
                        records,
                        site ->
                            register
                                .current()
                                .map(known ->
                                    AttestationDesk.Registered.of(known, site, clock.instant()))
                                .orElse(AttestationDesk.Registered.NOTHING),
                        clock,
                        steady,
                        () -> nonce(log))));
  }

  private AttestationArchive attestations() {
    return new AttestationArchive(config.data().resolve("attestations"));
  }

  /// A nonce of the newest tree head that enough witnesses cosigned within the last hour, else of
  /// the newest, so that sites stay attested while witnesses are away.
  private HeadNonce nonce(EvidenceLog log) {
    Instant now = clock.instant();
    return log.witnessed()
        .flatMap(head ->
            witnessPolicy()
                .witnessedSince(head)
                .toOptional()
                .filter(since -> since.isAfter(now.minus(Duration.ofHours(1))))
                .map(since -> HeadNonce.of(head, random, since)))
        .orElseGet(() -> HeadNonce.of(log.checkpoint(), random, now));
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

  private Map<String, String> pins(KeyRecords records) {
    return config.sites().stream()
        .collect(
            Collectors.toMap(
                site -> site.facts().id(),
                site ->
                    records.inUse(
                        site.facts().id(), site.pins().stream().map(PinnedKey::text).toList())));
  }

  private <T extends AutoCloseable> T closing(T part) {
    parts.add(part);
    return part;
  }

  /// What anybody may read of this log beside its files.
  private Map<String, String> notices(LogKeys keys) {
    return Map.of(
        "/log/keys",
        keys.published(),
        "/log/succession",
        keys.succession().file(),
        "/log/landmarks",
        config.location().trusted().file(),
        "/log/approvers",
        new TrustedApprovers(
                config.policyApprovers(),
                config
                    .register()
                    .map(RegisterSettings::approvers)
                    .orElseGet(() -> new Approvers(List.of())))
            .file());
  }

  private List<RequestObserver> observers(Metrics metrics, GatewayFeed feed) {
    List<RequestObserver> observers = new ArrayList<>(List.of(metrics, feed));
    config.otlp().ifPresent(collector -> observers.add(closing(Traces.to(collector, clock))));
    return observers;
  }
}
