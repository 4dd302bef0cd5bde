package dejima.gateway;

import dejima.evidence.RequestIds;
import dejima.residency.ActivePolicy;
import dejima.residency.Control;
import dejima.residency.Country;
import dejima.residency.DataClass;
import dejima.residency.Destination.SiteFacts;
import dejima.residency.EvidenceLevel;
import dejima.residency.LegalGrounds;
import dejima.residency.LocalText;
import dejima.residency.ModelFacts;
import dejima.residency.PolicyBundle;
import dejima.residency.RequestKind;
import dejima.residency.SiteGrounds;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// The demo's four sites and a key, for tests.
final class Specimen {
  static final String MODEL = "builtin-selftest";
  static final Instant NOW = Instant.parse("2026-11-20T00:00:00Z");
  static final Route.Inference CHAT =
      new Route.Inference(Dialect.OPENAI, RequestKind.CHAT, Optional.empty());

  private Specimen() {}

  static SiteState site(String id, String country, Control control, EvidenceLevel evidence) {
    SiteFacts facts =
        new SiteFacts(id, "operator of " + id, new Country(country), control, EvidenceLevel.E0, "");
    SiteState state = new SiteState(facts, "sha256/" + id, InstantSource.fixed(NOW));
    state.ground(SiteGrounds.Source.REGISTER, _ -> grounds(evidence), List.of());
    state.reported(
        new SiteReport(
            "builtin 1",
            List.of(new ServedModel(MODEL, "sha256:00", Set.of(RequestKind.CHAT))),
            4,
            true));
    return state;
  }

  /// What makes a site stand at that level for a day.
  static SiteGrounds grounds(EvidenceLevel level) {
    Optional<Instant> day = Optional.of(NOW.plusSeconds(86_400));
    SiteGrounds grounds = SiteGrounds.NONE;
    if (level == EvidenceLevel.CONTRADICTED) {
      return grounds.contradicted(
          SiteGrounds.Source.STATEMENT, List.of(new LocalText("食い違い", "differs")));
    }
    if (level.level() >= 1) {
      grounds = grounds.attributed(day);
    }
    if (level.level() >= 2) {
      grounds = grounds.measured(day.map(until -> new SiteGrounds.Measured(NOW, until)));
    }
    if (level.level() >= 3) {
      grounds = grounds.attested(day);
    }
    return level.level() >= 4 ? grounds.sealed(day) : grounds;
  }

  static SiteTable demoSites() {
    return new SiteTable(
        List.of(
            site("sakura-ishikari", "JP", Control.DOMESTIC, EvidenceLevel.E0),
            site("softbank-sakai", "JP", Control.DOMESTIC, EvidenceLevel.E0),
            site("azure-japaneast", "JP", Control.FOREIGN, EvidenceLevel.E0),
            site("us-west", "US", Control.FOREIGN, EvidenceLevel.E0)));
  }

  static Gateway gateway(PolicyBundle policy, SiteTable sites) {
    return gateway(new ActivePolicy(policy), sites);
  }

  static Gateway gateway(ActivePolicy policy, SiteTable sites) {
    RequestIds ids = new RequestIds(InstantSource.fixed(NOW), new Random(1));
    return new Gateway(policy, sites, _ -> ModelFacts.UNREGISTERED, ids::next);
  }

  static Credential key(String id, String secret) {
    return key(id, secret, Optional.empty());
  }

  static Credential key(String id, String secret, Optional<DataClass> floor) {
    return new Credential(
        id,
        KeyHash.of(secret),
        "t_pseudonym",
        new TenantSalt(new byte[32]),
        "project",
        floor,
        Limits.NONE,
        Optional.empty(),
        false);
  }

  static Gateway.Request chat(Optional<String> declared, String content) {
    String body =
        "{\"model\":\""
            + MODEL
            + "\",\"messages\":[{\"role\":\"user\",\"content\":"
            + content
            + "}]}";
    return new Gateway.Request(
        key("k", "s"), CHAT, declared, LegalGrounds.NONE, body.getBytes(StandardCharsets.UTF_8));
  }
}
