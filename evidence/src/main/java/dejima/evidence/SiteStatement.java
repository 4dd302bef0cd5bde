package dejima.evidence;

import dejima.evidence.tree.Sha256;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What a site says of one response it gave. The site signs the canonical bytes with its P-256 key
/// (ECDSA with SHA-256, DER).
///
/// @param site the site's id
/// @param receipt the request's id
/// @param attempt which attempt of the request, from 1
/// @param requestCommitment [Commitment] to the request's body, base64
/// @param responseCommitment [Commitment] to all bytes of the response's body, base64
/// @param model the model's name
/// @param modelDigest the model's digest, `sha256:…`, or empty where the engine knows none
/// @param status the HTTP status of the response
public record SiteStatement(
    String site,
    String receipt,
    int attempt,
    String requestCommitment,
    String responseCommitment,
    String model,
    String modelDigest,
    int status) {

  private static final int MEMBERS = 9;
  private static final List<String> TEXTS =
      List.of("site", "receipt", "requestCommitment", "responseCommitment", "model", "modelDigest");

  /// The statement as JSON: `v` is 1, the other names are those of the components.
  public Json.Obj json() {
    return Json.object()
        .put("v", 1)
        .put("site", site)
        .put("receipt", receipt)
        .put("attempt", attempt)
        .put("requestCommitment", requestCommitment)
        .put("responseCommitment", responseCommitment)
        .put("model", model)
        .put("modelDigest", modelDigest)
        .put("status", status)
        .build();
  }

  /// The bytes that the site signs.
  public byte[] canonicalBytes() {
    return json().canonicalBytes();
  }

  /// The value of the `Dejima-Site-Statement` trailer.
  public String headerValue() {
    return StrictBase64.text(canonicalBytes());
  }

  /// Reads the `Dejima-Site-Statement` trailer: base64 of canonical JSON with exactly these
  /// members.
  public static Reading<SiteStatement> parse(String headerValue) {
    return StrictBase64.read(headerValue)
        .then(bytes -> Json.read(bytes, 8192).then(json -> of(json, bytes)));
  }

  private static Reading<SiteStatement> of(Json json, byte[] bytes) {
    return of(json)
        .then(statement ->
            Arrays.equals(bytes, statement.canonicalBytes())
                ? new Reading.Read<>(statement)
                : new Reading.Unreadable<>("site statement is not canonical JSON"));
  }

  /// Reads the statement out of JSON.
  public static Reading<SiteStatement> of(Json json) {
    if (!(json instanceof Json.Obj o) || o.members().size() != MEMBERS) {
      return new Reading.Unreadable<>("site statement has not exactly its nine members");
    }
    var attempt = o.integer("attempt").filter(n -> n >= 1 && n <= 1000);
    var status = o.integer("status").filter(n -> n >= 100 && n <= 999);
    if (!o.integer("v").equals(Optional.of(1L)) || attempt.isEmpty() || status.isEmpty()) {
      return new Reading.Unreadable<>("site statement has a bad v, attempt or status");
    }
    var texts = TEXTS.stream().flatMap(name -> o.string(name).stream()).toList();
    return texts.size() == TEXTS.size()
        ? new Reading.Read<>(
            of(texts, Math.toIntExact(attempt.get()), Math.toIntExact(status.get())))
        : new Reading.Unreadable<>("site statement lacks a text");
  }

  private static SiteStatement of(List<String> texts, int attempt, int status) {
    return new SiteStatement(
        texts.get(0),
        texts.get(1),
        attempt,
        texts.get(2),
        texts.get(3),
        texts.get(4),
        texts.get(5),
        status);
  }

  /// Did the holder of this key sign exactly this statement?
  ///
  /// @param key a P-256 key
  /// @param signature DER, as in the `Dejima-Site-Signature` trailer after base64
  public boolean verify(PublicKey key, byte[] signature) {
    return EcdsaP256.verifies(key, canonicalBytes(), signature);
  }

  /// What a body records under `siteSignature`: the statement, its signature and the key, so that
  /// the receipt alone suffices to check them.
  ///
  /// @param signature DER
  /// @param key the site's key; its pin is what counts
  public Json.Obj evidence(byte[] signature, PublicKey key) {
    return Json.object()
        .put("statement", json())
        .put("signature", StrictBase64.text(signature))
        .put("key", StrictBase64.text(key.getEncoded()))
        .build();
  }

  /// The pin of a key: `sha256/` and the base64 SHA-256 of its SubjectPublicKeyInfo.
  public static String pin(PublicKey key) {
    return pin(key.getEncoded());
  }

  static String pin(byte[] subjectPublicKeyInfo) {
    return "sha256/" + StrictBase64.text(Sha256.of(subjectPublicKeyInfo));
  }
}
