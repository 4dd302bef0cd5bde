package dejima.server.console;

import dejima.residency.LocalText;
import dejima.residency.PolicyBundle;
import java.util.Optional;

/// The active policy as the console shows it.
///
/// @param hash lower-case hex SHA-256 of the bundle's files
/// @param notice what everybody who relies on the policy must be told
public record PolicyCard(
    String id, String version, String hash, LocalText title, Optional<LocalText> notice) {

  /// What the console shows of a bundle.
  public static PolicyCard of(PolicyBundle bundle) {
    return new PolicyCard(
        bundle.id(), bundle.version(), bundle.hash(), bundle.title(), bundle.notice());
  }
}
