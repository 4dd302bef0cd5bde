package dejima.server.console;

import dejima.evidence.Entry;
import dejima.evidence.EvidenceLog;
import dejima.evidence.Json;
import dejima.evidence.Kind;
import dejima.evidence.LogSettings;
import dejima.evidence.NoteSecret;
import dejima.evidence.RequestIds;
import dejima.evidence.Signer;
import dejima.gateway.GroundEntry;
import dejima.gateway.SiteState;
import dejima.gateway.SiteTable;
import dejima.residency.ActivePolicy;
import dejima.residency.LocalText;
import dejima.residency.PolicyBundle;
import dejima.residency.PolicyProver;
import dejima.residency.SiteGrounds.Measured;
import dejima.residency.SiteGrounds.Source;
import dejima.server.policy.TimedProof;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// Sources with something of everything, for looking at the pages.
final class Evidenced {
  private static final PolicyBundle POLICY = PolicyBundle.baseline();
  private final InstantSource clock = InstantSource.system();
  private final EvidenceLog log =
      EvidenceLog.inMemory(
          LogSettings.of(
              Signer.ed25519(NoteSecret.generate("dejima.example/log/1", new Random(1))), clock));
  private final RequestIds ids = new RequestIds(clock, new Random(2));

  static ConsoleSources of(LiveFeed feed) {
    return new Evidenced().sources(feed);
  }

  private ConsoleSources sources(LiveFeed feed) {
    List<SiteState> sites =
        Examples.SITES.stream().map(site -> new SiteState(site, "sha256/4v…=", clock)).toList();
    Instant now = clock.instant();
    measured(sites.get(0), now, Duration.ofDays(41), Duration.ofSeconds(552));
    measured(sites.get(1), now, Duration.ofDays(3), Duration.ofSeconds(-20));
    sites
        .get(2)
        .ground(
            Source.REGISTER,
            grounds ->
                grounds.contradicted(
                    Source.REGISTER,
                    List.of(new LocalText("支配：登録は「国外」", "control: registered as foreign"))),
            List.of());
    for (int i = 0; i < 60; i++) {
      record(i);
    }
    Map<String, Json.Obj> located =
        Map.of("sakura-ishikari", ishikari(), "softbank-sakai", sakai());
    return new ConsoleSources(
        feed,
        log,
        new SiteTable(sites),
        new ActivePolicy(POLICY),
        site -> ClassDecision.all(POLICY, site.facts()),
        () ->
            new PolicyStanding(
                TimedProof.all(new PolicyProver(), POLICY),
                List.of(),
                true,
                Optional.of(now),
                Optional.empty()),
        site -> Optional.ofNullable(located.get(site)),
        () -> List.of(drill()),
        () -> Optional.of(drill()),
        clock,
        Runnable::run);
  }

  private static void measured(SiteState site, Instant now, Duration register, Duration location) {
    site.ground(
        Source.REGISTER,
        grounds -> grounds.attributed(Optional.of(now.plus(register))),
        List.of(new GroundEntry(Kind.REGISTER, "rcpt_01KTQ0000000000000000000RG", hash())));
    site.ground(
        Source.LOCATION,
        grounds ->
            grounds.measured(Optional.of(new Measured(now.minusSeconds(48), now.plus(location)))),
        List.of(
            new GroundEntry(Kind.LOCATION, "rcpt_01KTQ0000000000000000000L1", hash()),
            new GroundEntry(Kind.LOCATION, "rcpt_01KTQ0000000000000000000L2", hash())));
  }

  private static String hash() {
    return "3Yl8mrDNMDhPoH9gcRpXhfGS0UmyTGSXFNvKQ5b8yBE=";
  }

  private static Json.Obj ishikari() {
    return located(
        43.17,
        141.315,
        "PROVED",
        List.of(
            seen("sapporo-ixp.example", "北海道インターネット協会", 43.062, 141.354, 0.41, "PROVED", ""),
            seen("ishikari-univ.example", "石狩大学", 43.18, 141.35, 0.29, "PROVED", ""),
            seen(
                "sendai-lab.example",
                "東北計測株式会社",
                38.268,
                140.869,
                4.9,
                "UNPROVED",
                "計測点が申告地から100 kmを超えて離れている")));
  }

  private static Json.Obj sakai() {
    return located(
        34.573,
        135.483,
        "UNPROVED",
        List.of(
            seen("osaka-ixp.example", "大阪相互接続株式会社", 34.694, 135.502, 4.0, "UNPROVED", "応答が遅い"),
            seen("kobe-univ.example", "神戸大学", 34.69, 135.19, 0.02, "CONTRADICTED", "応答が光より速い")));
  }

  private static Json.Obj located(
      double latitude, double longitude, String proof, List<Json> seen) {
    return Json.object()
        .put("declared", place(latitude, longitude))
        .put("proof", proof)
        .put("reason", text(proof.equals("PROVED") ? "" : "独立した2者の計測点がそろっていない"))
        .put("landmarks", Json.array(seen))
        .build();
  }

  private static Json seen(
      String id,
      String person,
      double latitude,
      double longitude,
      double ms,
      String verdict,
      String why) {
    return Json.object()
        .put("id", id)
        .put("person", person)
        .putAll(place(latitude, longitude))
        .put("verdict", verdict)
        .put("reason", text(why))
        .put("roundTripMs", Json.of(ms))
        .put("radiusKm", Json.of(Math.round(ms * 1498.96) / 10.0))
        .put("secondsAgo", 48)
        .build();
  }

  private static Json.Obj text(String text) {
    return Json.object().put("ja", text).put("en", text).build();
  }

  private static Json.Obj place(double latitude, double longitude) {
    return Json.object()
        .put("latitude", Json.of(latitude))
        .put("longitude", Json.of(longitude))
        .build();
  }

  private void record(int i) {
    boolean refused = i % 7 == 3;
    Json.Members facts =
        Json.object()
            .put("model", "builtin-selftest")
            .put("project", "窓口応対")
            .put("dataClass", i % 4 == 0 ? "confidentiality-2+personal" : "confidentiality-2")
            .put("status", refused ? 403 : 200);
    if (refused) {
      facts.put("reason", "no_permitted_site");
    } else {
      facts
          .put("finish", i % 11 == 0 ? "truncated" : "complete")
          .put(
              "attempts",
              Json.array(
                  List.of(Json.object().put("attempt", 1).put("site", "sakura-ishikari").build())));
    }
    log.append(
            new Entry(
                ids.next(),
                refused ? Kind.REFUSAL : Kind.OUTCOME,
                "t_5f0c9e21a7d3" + i % 3,
                facts.build()))
        .join();
  }

  private Json.Obj drill() {
    Json switched =
        Json.object()
            .put("model", "builtin-selftest")
            .put("dataClass", "confidentiality-2")
            .put("firstSuccessMs", Json.of(38.4))
            .put("troubleMs", Json.of(12.1))
            .put("usualMs", Json.of(9.8))
            .put("slowestMs", Json.of(41.0))
            .put("answered", 412)
            .put("failed", 3)
            .put("refused", 0)
            .build();
    Json load =
        Json.object()
            .put("site", "softbank-sakai")
            .put("health", "up")
            .put("takesAtOnce", 4)
            .put("busiestHour", "2026-11-20T05:00:00Z")
            .put("requestsPerSecond", Json.of(1.21))
            .put("tokensPerSecond", Json.of(310.5))
            .put("atOnce", Json.of(4.6))
            .put("utilisation", Json.of(1.15))
            .build();
    Json work =
        Json.object()
            .put("model", "builtin-selftest")
            .put("tenant", "t_5f0c9e21a7d30")
            .put("dataClass", "confidentiality-3")
            .put("stranded", true)
            .put("requests", 1204)
            .put("before", Json.strings(List.of("sakura-ishikari")))
            .put(
                "refusals",
                Json.array(
                    List.of(
                        Json.object()
                            .put("site", "softbank-sakai")
                            .put("reason", "confidentiality 3 needs evidence level E3")
                            .put("reasonJa", "機密性3には証拠水準E3が必要")
                            .build())))
            .build();
    return Json.object()
        .put("id", "rcpt_01KTQ0000000000000000000DR")
        .put("hash", "9f2b77a0c1d2e3f4a5b6c7d8e9f0a1b2c3d4e5f60718293a4b5c6d7e8f901234")
        .put("at", "2026-11-21T09:12:00Z")
        .put("operator", "さくらインターネット株式会社")
        .put("sites", Json.strings(List.of("sakura-ishikari")))
        .put("strands", true)
        .put("strandedClasses", Json.strings(List.of("confidentiality-3")))
        .put("strandedRequests", 1204)
        .put(
            "history",
            Json.object()
                .put("from", "2026-10-22T09:12:00Z")
                .put("to", "2026-11-21T09:12:00Z")
                .put("requests", 48_211)
                .put("carriedByOperator", 31_002)
                .put("tokensByOperator", 9_120_445)
                .build())
        .put("works", Json.array(List.of(work)))
        .put("load", Json.array(List.of(load)))
        .put(
            "rehearsal",
            Json.object()
                .put("sent", 431)
                .put("underWay", 4)
                .put("switches", Json.array(List.of(switched)))
                .build())
        .put("switches", Json.array(List.of(switched)))
        .put("reserved", Json.object().put("note", "None.").put("noteJa", "予約容量はありません。").build())
        .build();
  }
}
