package dejima.server.http;

import dejima.agent.PinnedKey;
import dejima.evidence.Json;
import dejima.evidence.Kind;
import dejima.evidence.tree.Sha256;
import dejima.gateway.GroundEntry;
import dejima.gateway.SiteStanding;
import dejima.gateway.SiteState;
import dejima.server.http.SiteStatements.Heard;
import dejima.server.http.SiteStatements.Judged;
import dejima.server.records.KeyRecords;
import dejima.server.records.LastRecorded;
import dejima.server.records.NodeRecords;
import java.security.PublicKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes the sites' statements: has each judged, lets the site's state follow at once, tells the
/// operator of a change, and records a statement that is new or judged anew.
public final class StatementDesk {
  private static final Logger LOG = LoggerFactory.getLogger(StatementDesk.class);
  private static final String STATEMENT = "statement/";
  private static final String ENTRY = "statement-entry/";

  /// A site that signs another statement each second must not fill the log.
  private static final long BETWEEN_RECORDS = Duration.ofMinutes(1).toNanos();

  private final NodeRecords records;
  private final LastRecorded last;
  private final KeyRecords keys;
  private final InstantSource clock;
  private final Executor background;
  private final Map<String, Long> recordedAt = new ConcurrentHashMap<>();

  /// Records in `records` what differs from `last`; judges on `background`.
  public StatementDesk(
      NodeRecords records, LastRecorded last, InstantSource clock, Executor background) {
    this.records = records;
    this.last = last;
    this.keys = new KeyRecords(records, last);
    this.clock = clock;
    this.background = background;
  }

  /// Judges what a site just said. When the future ends, the site's state follows the judgement.
  ///
  /// @param shown the key with which the site answered
  CompletableFuture<Void> hear(SiteConnection site, Heard heard, Optional<PublicKey> shown) {
    return CompletableFuture.runAsync(() -> take(site, heard, shown), background);
  }

  /// A site answers under the key of this pin; if that is another one than before, the site is
  /// known by it from now on, and the change is recorded.
  void answers(SiteConnection site, String pin) {
    String before = site.state().pin();
    if (!before.equals(pin)) {
      site.state().follow(pin);
      LOG.info("site {} has changed its key from {} to {}", site.state().id(), before, pin);
      background.execute(() -> keys.siteChanged(site.state().id(), pin));
    }
  }

  private void take(SiteConnection site, Heard heard, Optional<PublicKey> shown) {
    Judged judged =
        SiteStatements.judge(
            heard,
            shown,
            site.config().facts(),
            new PinnedKey(site.state().pin()),
            clock.instant());
    SiteState state = site.state();
    boolean changed = !state.standing().equals(judged.standing());
    state.judged(judged.standing());
    if (changed) {
      tell(state.facts().id(), judged.standing());
    }
    if (judged.evidence().isPresent() || judged.standing() instanceof SiteStanding.Contradicted) {
      record(site, judged);
    }
  }

  private static void tell(String site, SiteStanding standing) {
    switch (standing) {
      case SiteStanding.Unheard _ -> {}
      case SiteStanding.Declared declared ->
          LOG.info("site {} declares what is configured, since {}", site, declared.issued());
      case SiteStanding.Undeclared _ ->
          LOG.warn(
              "site {}: {}; only the configuration speaks for it", site, standing.fault().en());
      case SiteStanding.Contradicted _ ->
          LOG.warn("site {}: {}; nothing is sent there", site, standing.fault().en());
    }
  }

  private void record(SiteConnection site, Judged judged) {
    String id = site.config().facts().id();
    Json.Obj facts = facts(site, judged);
    String name = STATEMENT + id;
    String mark = mark(facts);
    if (last.get(name).equals(Optional.of(mark))) {
      remember(site.state());
      return;
    }
    if (!isDue(id)) {
      return;
    }
    records
        .appendGround(Kind.SITE_STATEMENT, facts)
        .thenAcceptAsync(
            entry -> {
              last.keep(Map.of(name, mark, ENTRY + id, entry.id()));
              ground(site.state(), entry);
            },
            background)
        .exceptionally(failed -> {
          recordedAt.remove(id);
          LOG.warn("the statement of site {} is not recorded yet: {}", id, failed.toString());
          return null;
        });
  }

  /// After a restart, the entry of before bears the site again.
  private void remember(SiteState site) {
    if (site.grounded().entries().stream()
        .noneMatch(entry -> entry.kind() == Kind.SITE_STATEMENT)) {
      last.get(ENTRY + site.id())
          .flatMap(id -> records.ground(Kind.SITE_STATEMENT, id))
          .ifPresent(entry -> ground(site, entry));
    }
  }

  private static void ground(SiteState site, GroundEntry entry) {
    if (site.standing() instanceof SiteStanding.Declared) {
      site.stated(entry);
    }
  }

  private boolean isDue(String site) {
    long now = System.nanoTime();
    Long before = recordedAt.get(site);
    if (before != null && now - before < BETWEEN_RECORDS) {
      return false;
    }
    recordedAt.put(site, now);
    return true;
  }

  private static Json.Obj facts(SiteConnection site, Judged judged) {
    Json.Members facts =
        Json.object()
            .put("site", site.config().facts().id())
            .put("pin", site.state().pin())
            .put("standing", judged.standing().word())
            .put("fault", judged.standing().fault().en());
    judged.evidence().ifPresent(facts::putAll);
    return facts.build();
  }

  private static String mark(Json.Obj facts) {
    return Sha256.hex(facts.canonicalBytes());
  }
}
