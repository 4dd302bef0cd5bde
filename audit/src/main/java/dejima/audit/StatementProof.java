package dejima.audit;

import dejima.evidence.Json;
import dejima.evidence.Kind;
import dejima.evidence.Reading;
import dejima.evidence.SiteDeclaration;
import dejima.evidence.StrictBase64;
import dejima.evidence.Verification.Step;
import dejima.location.SiteKey;
import dejima.residency.Destination.SiteFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Examines what a site states of itself: that it signed the statement with the key that carries
/// the traffic, not long ago, and says nothing else than policy decided by.
final class StatementProof {
  private static final Duration FRESH = Duration.ofDays(90);
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);

  private StatementProof() {}

  static void examine(Examined attempt) {
    List<Json.Obj> entries = attempt.grounds(Kind.SITE_STATEMENT);
    if (entries.isEmpty()) {
      attempt.open(
          Step.STATEMENT,
          "statement",
          "That %s itself states what is on record of it: the receipt holds no statement of it."
              .formatted(attempt.site()),
          "%s 自身が記録どおりに申告していること（領収書に申告がない）。".formatted(attempt.site()));
      return;
    }
    SiteDeclaration said = signed(entries.getLast(), attempt);
    require(agrees(said, attempt.facts()), "it says something else than what was decided by");
    Instant issued = Instant.ofEpochMilli(said.issued());
    require(
        !issued.isAfter(attempt.time().plus(CLOCKS_DIFFER))
            && !issued.plus(FRESH).isBefore(attempt.time()),
        "it was not signed within the 90 days before");
    attempt.proved(
        Step.STATEMENT,
        "statement",
        "The holder of the key of %s itself states operator, country and control as recorded, since %s."
            .formatted(attempt.site(), issued),
        "%s の鍵の所有者自身が、事業者・国・支配を記録どおりに申告している（%s から）。".formatted(attempt.site(), issued));
  }

  private static void require(boolean holds, String otherwise) {
    NotBorne.unless(holds, Step.STATEMENT, "the site's statement: " + otherwise);
  }

  private static SiteDeclaration signed(Json.Obj entry, Examined attempt) {
    require(
        entry.string("standing").filter("declared"::equals).isPresent(),
        "the gateway itself did not accept it");
    Reading<SiteKey> key = SiteKey.parse(entry.string("key").orElse(""));
    Reading<SiteDeclaration> said =
        SiteDeclaration.of(entry.get("statement").orElseGet(Json::nullValue));
    Reading<byte[]> signature = StrictBase64.read(entry.string("signature").orElse(""));
    if (key instanceof Reading.Read<SiteKey>(SiteKey holder)
        && said instanceof Reading.Read<SiteDeclaration>(SiteDeclaration declaration)
        && signature instanceof Reading.Read<byte[]>(byte[] der)) {
      require(holder.pin().equals(attempt.pin()), "its key is not the one that the intent pins");
      require(declaration.verify(holder.key(), der), "its signature does not verify");
      require(declaration.site().equals(attempt.site()), "it is another site's");
      return declaration;
    }
    throw new NotBorne(Step.STATEMENT, "the site's statement: it cannot be read");
  }

  /// Where the site, or what is on record, says that it does not know, there is nothing to agree.
  private static boolean agrees(SiteDeclaration said, SiteFacts facts) {
    return said.operator().equals(facts.operator())
        && said.sku().equals(facts.sku())
        && agree(said.country(), facts.declaredCountry().code(), "ZZ")
        && agree(said.control(), facts.control().word(), "unknown");
  }

  private static boolean agree(String said, String recorded, String unknown) {
    return said.equals(recorded) || said.equals(unknown) || recorded.equals(unknown);
  }
}
