package dejima.evidence;

import java.util.Optional;

/// What its holder can lay beside a receipt to have it checked too.
///
/// @param request the request's body, byte for byte
/// @param response the response's body, byte for byte
/// @param promise the value of the `Dejima-Promise` header
public record Openings(
    Optional<byte[]> request, Optional<byte[]> response, Optional<String> promise) {

  /// Nothing.
  public static final Openings NONE =
      new Openings(Optional.empty(), Optional.empty(), Optional.empty());
}
