package dejima.evidence;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;

/// Whether a site signed the response that a receipt is about: `siteSignature` in the outcome,
/// under the key that the intent pins in `site.pin`.
sealed interface SiteSignature {
  /// The holder of the pinned key did.
  record Signed(String site) implements SiteSignature {}

  /// The gateway recorded that the site's signature was wrong.
  ///
  /// @param reason what was wrong with it
  record Invalid(String reason) implements SiteSignature {}

  /// Nothing of the kind is recorded.
  record Unsigned() implements SiteSignature {}

  static Reading<SiteSignature> check(ReceiptFacts facts) {
    var body = facts.receipt().body();
    var invalid = body.string("siteSignatureInvalid");
    if (invalid.isPresent()) {
      return new Reading.Read<>(new Invalid(invalid.get()));
    }
    if (body.get("siteSignature").isEmpty()) {
      return new Reading.Read<>(new Unsigned());
    }
    var recorded = body.object("siteSignature").orElse(Json.object().build());
    var statement = recorded.get("statement").orElse(Json.nullValue());
    return SiteStatement.of(statement)
        .then(said ->
            said.json().equals(statement)
                ? check(facts, recorded, said)
                : new Reading.Unreadable<>("the site's statement is malformed"));
  }

  private static Reading<SiteSignature> check(
      ReceiptFacts facts, Json.Obj recorded, SiteStatement statement) {
    if (!isAbout(facts, statement)) {
      return new Reading.Unreadable<>("the site's statement is about something else");
    }
    return StrictBase64.read(recorded.string("key").orElse(""))
        .then(spki -> pinned(facts, spki))
        .then(key ->
            StrictBase64.read(recorded.string("signature").orElse(""))
                .then(signature -> signed(statement, key, signature)));
  }

  private static boolean isAbout(ReceiptFacts facts, SiteStatement statement) {
    var receipt = facts.receipt();
    return statement.receipt().equals(receipt.id())
        && facts.decided().integer("attempt").equals(Optional.of((long) statement.attempt()))
        && Optional.of(statement.site()).equals(ReceiptFacts.siteOf(facts.decided()))
        && Optional.of(statement.requestCommitment()).equals(facts.text("requestCommitment"))
        && Optional.of(statement.responseCommitment()).equals(facts.text("responseCommitment"));
  }

  private static Reading<PublicKey> pinned(ReceiptFacts facts, byte[] spki) {
    var pin = facts.decided().object("site").flatMap(site -> site.string("pin"));
    if (!pin.equals(Optional.of(SiteStatement.pin(spki)))) {
      return new Reading.Unreadable<>("the key is not the one that the intent pins");
    }
    try {
      var factory = KeyFactory.getInstance("EC");
      return new Reading.Read<>(factory.generatePublic(new X509EncodedKeySpec(spki)));
    } catch (GeneralSecurityException e) {
      return new Reading.Unreadable<>("the pinned key is not a P-256 key");
    }
  }

  private static Reading<SiteSignature> signed(
      SiteStatement statement, PublicKey key, byte[] signature) {
    return statement.verify(key, signature)
        ? new Reading.Read<>(new Signed(statement.site()))
        : new Reading.Unreadable<>("the site's signature does not verify");
  }
}
