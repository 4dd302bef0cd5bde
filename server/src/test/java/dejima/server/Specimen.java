package dejima.server;

import dejima.evidence.EvidenceLog;
import dejima.evidence.LogSettings;
import dejima.evidence.NoteSecret;
import dejima.evidence.RequestIds;
import dejima.evidence.Signer;
import dejima.gateway.Credential;
import dejima.gateway.Dialect;
import dejima.gateway.Gateway;
import dejima.gateway.KeyHash;
import dejima.gateway.Limits;
import dejima.gateway.Planning;
import dejima.gateway.Route;
import dejima.gateway.ServedModel;
import dejima.gateway.SiteReport;
import dejima.gateway.SiteState;
import dejima.gateway.SiteTable;
import dejima.gateway.TenantSalt;
import dejima.residency.ActivePolicy;
import dejima.residency.Control;
import dejima.residency.Country;
import dejima.residency.Destination.SiteFacts;
import dejima.residency.EvidenceLevel;
import dejima.residency.LegalGrounds;
import dejima.residency.ModelFacts;
import dejima.residency.PolicyBundle;
import dejima.residency.RequestKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// Sites, a key, a log and planned requests, for tests of several packages.
public final class Specimen {
  /// A model that every site serves.
  public static final String MODEL = "builtin-selftest";

  /// Noon of no importance.
  public static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-20T00:00:00Z"));

  private Specimen() {}

  /// What a declared site is said to be.
  public static SiteFacts facts(String id, String country, Control control) {
    return new SiteFacts(id, "operator", new Country(country), control, EvidenceLevel.E0, "");
  }

  /// A site's report of one model.
  public static SiteReport report() {
    return new SiteReport(
        "builtin 1",
        List.of(new ServedModel(MODEL, "sha256:00", Set.of(RequestKind.CHAT))),
        4,
        true);
  }

  /// A domestic and a foreign site.
  public static SiteTable sites() {
    SiteState home = new SiteState(facts("home", "JP", Control.DOMESTIC), "sha256/h", CLOCK);
    SiteState abroad = new SiteState(facts("abroad", "US", Control.FOREIGN), "sha256/a", CLOCK);
    home.reported(report());
    abroad.reported(report());
    return new SiteTable(List.of(home, abroad));
  }

  /// The key `dj_k_secret`.
  public static Credential key() {
    return new Credential(
        "k",
        KeyHash.of("secret"),
        "t_pseudonym",
        new TenantSalt(new byte[32]),
        "project",
        Optional.empty(),
        Limits.NONE,
        Optional.empty(),
        false);
  }

  /// Makes receipts' ids.
  public static RequestIds ids() {
    return new RequestIds(CLOCK, new Random(1));
  }

  /// A log that forgets.
  public static EvidenceLog log() {
    Signer signer = Signer.ed25519(NoteSecret.generate("example.jp/log", new Random(1)));
    return EvidenceLog.inMemory(LogSettings.of(signer, CLOCK));
  }

  /// Plans a chat under a policy.
  public static Planning plan(PolicyBundle policy, String dataClass, String content) {
    String body = "{\"model\":\"" + MODEL + "\",\"messages\":[{\"content\":" + content + "}]}";
    Gateway gateway =
        new Gateway(new ActivePolicy(policy), sites(), _ -> ModelFacts.UNREGISTERED, ids()::next);
    return gateway.plan(
        new Gateway.Request(
            key(),
            new Route.Inference(Dialect.OPENAI, RequestKind.CHAT, Optional.empty()),
            Optional.of(dataClass),
            LegalGrounds.NONE,
            body.getBytes(StandardCharsets.UTF_8)));
  }
}
