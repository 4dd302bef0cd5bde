package dejima.gateway;

/// The result of reading a request body.
public sealed interface BodyReading {
  /// The body is well-formed and its interpreted fields have their types.
  ///
  /// @param outline what was read
  record Read(RequestOutline outline) implements BodyReading {}

  /// The body is refused.
  ///
  /// @param reason what is wrong and where, without a word of the content
  record Unreadable(String reason) implements BodyReading {}
}
