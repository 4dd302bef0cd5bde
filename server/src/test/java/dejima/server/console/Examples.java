package dejima.server.console;

import dejima.evidence.EvidenceLog;
import dejima.evidence.Json;
import dejima.gateway.SiteStanding;
import dejima.gateway.SiteState;
import dejima.gateway.SiteTable;
import dejima.residency.ActivePolicy;
import dejima.residency.Confidentiality;
import dejima.residency.Control;
import dejima.residency.Country;
import dejima.residency.DataClass;
import dejima.residency.Destination.SiteFacts;
import dejima.residency.EvidenceLevel;
import dejima.residency.LocalText;
import dejima.residency.Marker;
import dejima.residency.PolicyBundle;
import dejima.residency.RequestFacts;
import dejima.residency.RequestKind;
import dejima.server.Specimen;
import dejima.server.console.RequestEvent.Finished;
import dejima.server.console.RequestEvent.Started;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/// Plausible things to show, for the tests and for looking at the page.
final class Examples {
  static final Instant NOON = Instant.parse("2026-11-20T03:00:00Z");
  static final PolicyBundle POLICY = PolicyBundle.demo();
  static final SiteFacts SAKURA =
      facts("sakura-ishikari", "さくらインターネット株式会社", "JP", Control.DOMESTIC, "");
  static final SiteFacts SOFTBANK =
      facts("softbank-sakai", "ソフトバンク株式会社", "JP", Control.DOMESTIC, "");
  static final SiteFacts AZURE =
      facts("azure-japaneast", "Microsoft Azure", "JP", Control.FOREIGN, "Standard");
  static final SiteFacts WEST = facts("us-west", "Example Cloud, Inc.", "US", Control.FOREIGN, "");
  static final List<SiteFacts> SITES = List.of(SAKURA, SOFTBANK, AZURE, WEST);

  private Examples() {}

  static SiteFacts withSku(SiteFacts site, String sku) {
    return new SiteFacts(
        site.id(), site.operator(), site.declaredCountry(), site.control(), site.evidence(), sku);
  }

  static List<SiteCard> cards() {
    return List.of(
        card(SAKURA, SiteHealth.UP, 1),
        card(SOFTBANK, SiteHealth.UP, 3),
        card(AZURE, SiteHealth.UP, 0),
        card(WEST, SiteHealth.DOWN, 0));
  }

  /// Twelve sites: four that state no place, one of those abroad and one contradicted.
  static List<SiteCard> crowd() {
    SiteFacts shutOut = facts("kinki-gpu-annex-2", "近畿計算株式会社", "JP", Control.DOMESTIC, "");
    return List.of(
        card(SAKURA, SiteHealth.UP, 2),
        card(SOFTBANK, SiteHealth.UP, 3),
        card(AZURE, SiteHealth.UP, 0),
        card(WEST, SiteHealth.OPEN, 0),
        card(domestic("ishikari-2"), SiteHealth.UP, 1),
        card(domestic("inzai-dc-1"), SiteHealth.UP, 1),
        card(domestic("osaka-north"), SiteHealth.DOWN, 0),
        card(domestic("fukuoka-1"), SiteHealth.UP, 1),
        card(domestic("gpu-pool-a"), SiteHealth.UP, 4),
        card(domestic("gpu-pool-b"), SiteHealth.UP, 0),
        contradicted(
            shutOut, new LocalText("国：登録は「JP」、申告は「US」", "country: registered JP, stated US")),
        card(
            facts("ap-southeast", "Example Cloud, Inc.", "SG", Control.FOREIGN, ""),
            SiteHealth.UP,
            0));
  }

  static SiteFacts domestic(String id) {
    return facts(id, "株式会社" + id, "JP", Control.DOMESTIC, "");
  }

  static SiteCard card(SiteFacts facts, SiteHealth health, int inFlight) {
    return new SiteCard(
        facts,
        "",
        true,
        health,
        List.of("builtin-selftest"),
        inFlight,
        4,
        health == SiteHealth.UP ? OptionalDouble.of(12.34) : OptionalDouble.empty(),
        new SiteStanding.Declared(NOON),
        ClassDecision.all(POLICY, facts));
  }

  static SiteCard contradicted(SiteFacts facts, LocalText how) {
    SiteFacts shutOut = facts.at(EvidenceLevel.CONTRADICTED);
    return new SiteCard(
        shutOut,
        "",
        true,
        SiteHealth.UP,
        List.of("builtin-selftest"),
        0,
        4,
        OptionalDouble.empty(),
        new SiteStanding.Contradicted(List.of(how)),
        ClassDecision.all(POLICY, shutOut));
  }

  static Started started(int number) {
    return started("rcpt_%026d".formatted(number), "builtin-selftest", number);
  }

  static Started started(String id, String model, int number) {
    return new Started(
        id,
        NOON.plusSeconds(number),
        "tenant-" + number % 3,
        "demo",
        number % 4 == 0 ? dataClass(Confidentiality.C1) : dataClass(Confidentiality.C2),
        model,
        RequestKind.CHAT,
        number % 2 == 0 ? "sakura-ishikari" : "softbank-sakai",
        true);
  }

  static Finished finished(Started started) {
    return new Finished(
        started,
        OptionalLong.of(1234),
        OptionalLong.of(96),
        1234.56,
        OptionalDouble.of(41.26),
        "complete");
  }

  static RefusalEvent refusal(int number, String model) {
    DataClass secret =
        number % 2 == 0
            ? new DataClass(Confidentiality.C2, Set.of(Marker.MY_NUMBER))
            : new DataClass(Confidentiality.C3, Set.of());
    RequestFacts facts = new RequestFacts(secret, "tenant-1", "demo", model, RequestKind.CHAT);
    return new RefusalEvent(
        "rcpt_R%025d".formatted(number),
        NOON.plusSeconds(number),
        "tenant-1",
        "demo",
        secret,
        model,
        403,
        new LocalText("この区分のデータを送れる拠点がありません。", "No site may receive data of this class."),
        POLICY.decideAll(facts, SITES));
  }

  static TreeHeadCard treeHead() {
    return new TreeHeadCard(
        "dejima.example/log/1", 12_345, "3Yl8mrDNMDhPoH9gcRpXhfGS0UmyTGSXFNvKQ5b8yBE=", NOON);
  }

  static DataClass dataClass(Confidentiality level) {
    return new DataClass(level, Set.of());
  }

  static LiveFeed feed() {
    LiveFeed feed = new LiveFeed();
    feed.policy(PolicyCard.of(POLICY));
    feed.treeHead(treeHead());
    feed.sites(cards());
    for (int i = 1; i <= 12; i++) {
      feed.requestStarted(started(i));
      if (i < 11) {
        feed.requestFinished(finished(started(i)));
      }
    }
    feed.refused(refusal(3, "builtin-selftest"));
    feed.refused(refusal(4, "builtin-selftest"));
    return feed;
  }

  /// Sources of a gateway that has just started: the sites, an empty log.
  static ConsoleSources sources(LiveFeed feed) {
    return sources(feed, Specimen.log(), _ -> Optional.empty());
  }

  static ConsoleSources sources(
      LiveFeed feed, EvidenceLog log, Function<String, Optional<Json.Obj>> located) {
    return new ConsoleSources(
        feed,
        log,
        new SiteTable(
            SITES.stream().map(site -> new SiteState(site, "sha256/x", () -> NOON)).toList()),
        new ActivePolicy(POLICY),
        site -> ClassDecision.all(POLICY, site.facts()),
        () -> PolicyStanding.NONE,
        located,
        List::of,
        Optional::empty,
        () -> NOON,
        Runnable::run);
  }

  private static SiteFacts facts(
      String id, String operator, String country, Control control, String sku) {
    return new SiteFacts(id, operator, new Country(country), control, EvidenceLevel.E0, sku);
  }
}
