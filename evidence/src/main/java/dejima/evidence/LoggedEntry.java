package dejima.evidence;

/// One entry as the log holds it.
///
/// @param index its place in the log, from 0
/// @param body the body: a canonical JSON object
public record LoggedEntry(long index, Json.Obj body) {

  /// The base64 SHA-256 of the body: what other entries call it by, and what its leaf holds.
  public String bodyHash() {
    return body.canonicalHash();
  }

  /// What it records.
  Kind kind() {
    return Kind.of(body.string("kind").orElse(""));
  }

  /// Is it of this kind?
  public boolean is(Kind kind) {
    return body.string("kind").filter(kind.text()::equals).isPresent();
  }
}
