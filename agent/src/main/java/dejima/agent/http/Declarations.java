package dejima.agent.http;

import dejima.agent.TlsIdentity;
import dejima.agent.config.AgentConfig.Site;
import dejima.evidence.Json;
import dejima.evidence.SiteDeclaration;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;

/// The operator's declaration (evidence level E0), signed at start and again before gateways would
/// take it for stale, which they do after 90 days.
final class Declarations {
  static final Duration RENEWED_AFTER = Duration.ofDays(30);

  private final Site site;
  private final TlsIdentity identity;
  private final InstantSource clock;
  private volatile Signed current;

  /// A declaration and the signature over its canonical bytes.
  record Signed(Json.Obj statement, String signature, Instant issued) {}

  Declarations(Site site, TlsIdentity identity, InstantSource clock) {
    this.site = site;
    this.identity = identity;
    this.clock = clock;
    this.current = sign();
  }

  /// The declaration that holds now.
  Signed current() {
    if (!clock.instant().isBefore(current.issued().plus(RENEWED_AFTER))) {
      current = sign();
    }
    return current;
  }

  private Signed sign() {
    Instant now = clock.instant();
    SiteDeclaration declared =
        new SiteDeclaration(
            site.id(),
            site.operator(),
            site.country().code(),
            site.control().word(),
            site.sku(),
            now.toEpochMilli());
    byte[] signature = identity.sign(declared.canonicalBytes());
    return new Signed(declared.json(), Base64.getEncoder().encodeToString(signature), now);
  }
}
