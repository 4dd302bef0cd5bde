package dejima.gateway;

import dejima.evidence.Json;

/// What a site signed about its answer.
public sealed interface SiteSignature {
  /// It signed nothing.
  record None() implements SiteSignature {}

  /// The pinned key signed exactly what the gateway saw.
  ///
  /// @param evidence statement, signature and key as the outcome carries them
  record Genuine(Json evidence) implements SiteSignature {}

  /// It signed something else, or badly.
  ///
  /// @param reason what is wrong
  record Invalid(String reason) implements SiteSignature {}
}
