package dejima.server.http;

import dejima.agent.PinnedKey;
import dejima.evidence.Reading;
import dejima.evidence.SiteStatement;
import dejima.gateway.SiteSignature;
import io.vertx.core.MultiMap;
import java.security.PublicKey;
import java.util.Base64;
import java.util.Optional;

/// Judges what a site states of its answer, in the trailers that follow it.
final class SiteSignatures {
  private SiteSignatures() {}

  /// What the gateway itself saw of the answer.
  ///
  /// @param receipt the request's id
  /// @param attempt the attempt's number
  /// @param requestCommitment the commitment to the bytes that it sent
  /// @param responseCommitment the commitment to the bytes that it passed on
  record Seen(String receipt, int attempt, String requestCommitment, String responseCommitment) {}

  /// The signed statement as the outcome carries it, or why there is none.
  static SiteSignature judge(
      MultiMap trailers, Optional<PublicKey> shown, PinnedKey pin, Seen seen) {
    String statement = trailers.get("Dejima-Site-Statement");
    String signature = trailers.get("Dejima-Site-Signature");
    if (statement == null || signature == null || shown.isEmpty()) {
      return new SiteSignature.None();
    }
    return switch (SiteStatement.parse(statement)) {
      case Reading.Unreadable<SiteStatement>(String reason) -> invalid(reason);
      case Reading.Read<SiteStatement>(SiteStatement read) ->
          verified(read, signature, shown.get(), pin, seen);
    };
  }

  private static SiteSignature verified(
      SiteStatement statement, String signature, PublicKey key, PinnedKey pin, Seen seen) {
    byte[] der;
    try {
      der = Base64.getDecoder().decode(signature);
    } catch (IllegalArgumentException notBase64) {
      return invalid("the signature is not base64");
    }
    if (!pin.matches(key) || !statement.verify(key, der)) {
      return invalid("the signature is not the site's");
    }
    boolean same =
        statement.receipt().equals(seen.receipt())
            && statement.attempt() == seen.attempt()
            && statement.requestCommitment().equals(seen.requestCommitment())
            && statement.responseCommitment().equals(seen.responseCommitment());
    return same
        ? new SiteSignature.Genuine(statement.evidence(der, key))
        : invalid("the statement is about other bytes");
  }

  private static SiteSignature invalid(String reason) {
    return new SiteSignature.Invalid(reason);
  }
}
