package dejima.agent.http;

import dejima.agent.InferenceEngine;
import dejima.agent.ServedModel;
import dejima.agent.TlsIdentity;
import dejima.evidence.SiteStatement;
import java.util.Base64;

/// Speaks for the site: states, under the site's key, what was asked of it and what it answered.
///
/// @param site the site's id
/// @param identity the site's key
/// @param engine names the digest of the model that answered
record SiteVoice(String site, TlsIdentity identity, InferenceEngine engine) {
  static final String STATEMENT = "Dejima-Site-Statement";
  static final String SIGNATURE = "Dejima-Site-Signature";

  /// The two trailers of one answer.
  record Trailers(String statement, String signature) {}

  /// States one answer.
  Trailers state(
      GatewayHeaders.Read request,
      String requestCommitment,
      String responseCommitment,
      String model,
      int status) {
    SiteStatement statement =
        new SiteStatement(
            site,
            request.receipt(),
            request.attempt(),
            requestCommitment,
            responseCommitment,
            model,
            digest(model),
            status);
    byte[] signature = identity.sign(statement.canonicalBytes());
    return new Trailers(statement.headerValue(), Base64.getEncoder().encodeToString(signature));
  }

  private String digest(String model) {
    return engine.report().models().stream()
        .filter(served -> served.id().equals(model))
        .findFirst()
        .flatMap(ServedModel::digest)
        .orElse("");
  }
}
