package dejima.server.http;

import dejima.agent.PinnedKey;
import dejima.evidence.Json;
import dejima.evidence.Reading;
import dejima.evidence.SiteDeclaration;
import dejima.gateway.SiteStanding;
import dejima.residency.Destination.SiteFacts;
import dejima.residency.LocalText;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Judges the statement that a site offers in its status against what is configured for it.
final class SiteStatements {
  /// How long a statement counts (design: evidence level E0 is fresh for 90 days).
  static final Duration FRESH = Duration.ofDays(90);

  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);
  private static final LocalText NONE =
      new LocalText("拠点は署名した申告を示していない", "the site offers no signed statement");
  private static final LocalText STALE =
      new LocalText("拠点の申告が90日より古い", "the site's statement is older than 90 days");
  private static final LocalText AHEAD =
      new LocalText(
          "拠点の申告の日付が未来である", "the site's statement is dated in the future; check both clocks");
  private static final LocalText UNSIGNED =
      new LocalText(
          "申告の署名が登録された鍵のものではない", "the statement's signature is not that of the pinned key");

  private SiteStatements() {}

  /// What a status document holds of a statement.
  ///
  /// @param statement the statement, if there is one
  /// @param signature base64 of its signature, if there is one
  record Heard(Optional<Json> statement, Optional<String> signature) {
    static Heard in(Json.Obj status) {
      return new Heard(status.get("statement"), status.string("signature"));
    }
  }

  /// How it stands, and what of it can be recorded.
  ///
  /// @param standing how the site stands
  /// @param evidence statement, signature and key of a statement that could be read
  record Judged(SiteStanding standing, Optional<Json.Obj> evidence) {}

  /// @param shown the key with which the site answered
  static Judged judge(
      Heard heard, Optional<PublicKey> shown, SiteFacts configured, PinnedKey pin, Instant now) {
    if (heard.statement().isEmpty()) {
      return new Judged(new SiteStanding.Undeclared(NONE), Optional.empty());
    }
    return switch (SiteDeclaration.of(heard.statement().get())) {
      case Reading.Unreadable<SiteDeclaration>(String reason) ->
          new Judged(
              contradicted(new LocalText("拠点の申告を読めない（" + reason + "）", reason)), Optional.empty());
      case Reading.Read<SiteDeclaration>(SiteDeclaration said) ->
          signed(said, heard.signature().orElse(""), shown, pin)
              .map(evidence -> new Judged(compared(said, configured, now), Optional.of(evidence)))
              .orElseGet(() -> new Judged(contradicted(UNSIGNED), Optional.empty()));
    };
  }

  private static SiteStanding contradicted(LocalText how) {
    return new SiteStanding.Contradicted(List.of(how));
  }

  private static Optional<Json.Obj> signed(
      SiteDeclaration said, String signature, Optional<PublicKey> shown, PinnedKey pin) {
    byte[] der;
    try {
      der = Base64.getDecoder().decode(signature);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    return shown
        .filter(key -> pin.matches(key) && said.verify(key, der))
        .map(key ->
            Json.object()
                .put("statement", said.json())
                .put("signature", signature)
                .put("key", Base64.getEncoder().encodeToString(key.getEncoded()))
                .build());
  }

  private static SiteStanding compared(SiteDeclaration said, SiteFacts configured, Instant now) {
    List<LocalText> differences = differences(said, configured);
    if (!differences.isEmpty()) {
      return new SiteStanding.Contradicted(differences);
    }
    Instant issued = Instant.ofEpochMilli(said.issued());
    if (issued.isAfter(now.plus(CLOCKS_DIFFER))) {
      return new SiteStanding.Undeclared(AHEAD);
    }
    return issued.plus(FRESH).isBefore(now)
        ? new SiteStanding.Undeclared(STALE)
        : new SiteStanding.Declared(issued);
  }

  /// Where the configuration says that it does not know, the site may say anything: policy goes by
  /// the worse of the two already.
  private static List<LocalText> differences(SiteDeclaration said, SiteFacts configured) {
    List<LocalText> found = new ArrayList<>();
    compare("id", "拠点名", configured.id(), said.site(), found);
    compare("operator", "事業者", configured.operator(), said.operator(), found);
    if (!configured.declaredCountry().code().equals("ZZ")) {
      compare("country", "国", configured.declaredCountry().code(), said.country(), found);
    }
    if (!configured.control().word().equals("unknown")) {
      compare("control", "支配", configured.control().word(), said.control(), found);
    }
    compare("sku", "SKU", configured.sku(), said.sku(), found);
    return found;
  }

  private static void compare(
      String name, String nameJa, String configured, String said, List<LocalText> found) {
    if (!configured.equals(said)) {
      found.add(
          new LocalText(
              nameJa + "：登録は「" + configured + "」、拠点の申告は「" + said + "」",
              name + " is configured as '" + configured + "', the site says '" + said + "'"));
    }
  }
}
