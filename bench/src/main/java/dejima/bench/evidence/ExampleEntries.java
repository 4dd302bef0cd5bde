package dejima.bench.evidence;

import dejima.evidence.Commitment;
import dejima.evidence.Entry;
import dejima.evidence.Json;
import dejima.evidence.Kind;
import dejima.evidence.RequestIds;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.random.RandomGenerator;

/// Entries of the size and shape that the gateway writes for one request at one of four sites. What
/// many requests share (policy, site, decisions) is rendered once; commitments are computed for
/// each, as they must be.
final class ExampleEntries {
  private static final int HASH_BYTES = 32;
  private static final byte[] BODY = new byte[1_024];

  private final RequestIds ids;
  private final RandomGenerator random;
  private final byte[] salt;
  private final Json policy;
  private final Json site;
  private final Json decisions;

  ExampleEntries(InstantSource clock, RandomGenerator random) {
    this.random = random;
    this.ids = new RequestIds(clock, random);
    this.salt = Commitment.newSalt(random);
    this.policy = Json.Canonical.of(policy(hash()));
    this.site = Json.Canonical.of(place("sakura-ishikari", "Sakura Internet", "JP", "domestic"));
    this.decisions = Json.Canonical.of(decisions());
  }

  String nextId() {
    return ids.next();
  }

  Entry intent(String id) {
    Json.Obj facts =
        request().put("attempt", 1).put("site", site).put("media", Json.array(List.of())).build();
    return new Entry(id, Kind.INTENT, "tenant-0001", facts);
  }

  Entry outcome(String id, String intentHash) {
    Json.Obj attempt =
        Json.object()
            .put("attempt", 1)
            .put("site", "sakura-ishikari")
            .put("intent", intentHash)
            .put("result", "answered")
            .build();
    Json.Obj facts =
        request()
            .put("attempts", Json.array(List.of(attempt)))
            .put("finish", "complete")
            .put("status", 200)
            .put("responseCommitment", Commitment.to(salt, BODY))
            .put("inputTokens", 214)
            .put("outputTokens", 171)
            .put("durationMs", 1_843)
            .put("siteSignature", siteSignature())
            .build();
    return new Entry(id, Kind.OUTCOME, "tenant-0001", facts);
  }

  private Json.Members request() {
    return Json.object()
        .put("dataClass", "confidentiality-2+personal")
        .put("declared", "confidentiality-2")
        .put("classSetBy", Json.strings(List.of("request", "inspection")))
        .put("model", "builtin-selftest")
        .put("requestKind", "chat")
        .put("requestCommitment", Commitment.to(salt, BODY))
        .put("saltHash", hash())
        .put("policy", policy)
        .put("siteFacts", hash())
        .put("decisions", decisions);
  }

  private Json siteSignature() {
    return Json.object()
        .put("statement", hash() + hash() + hash() + hash() + hash())
        .put("signature", hash() + hash())
        .put("key", hash() + hash() + hash())
        .build();
  }

  private static Json policy(String hash) {
    return Json.object()
        .put("id", "japan-baseline")
        .put("version", "2026.11")
        .put("hash", hash)
        .put("theorems", hash)
        .build();
  }

  private static Json decisions() {
    return Json.object()
        .put(
            "rules", Json.strings(List.of("permit-declared-domestic", "c2-needs-domestic-control")))
        .put(
            "sites",
            Json.array(
                List.of(
                    alike("permit", 0, List.of("sakura-ishikari", "softbank-sakai")),
                    alike("deny", 1, List.of("azure-japaneast", "us-west")))))
        .build();
  }

  private static Json alike(String effect, int rule, List<String> sites) {
    return Json.object()
        .put("effect", effect)
        .put("by", Json.array(List.of(Json.of(rule))))
        .put("evidence", "E0")
        .put("sites", Json.strings(sites))
        .build();
  }

  private static Json.Obj place(String id, String operator, String country, String control) {
    return Json.object()
        .put("site", id)
        .put("operator", operator)
        .put("country", country)
        .put("control", control)
        .put("evidence", 0)
        .put("sku", "")
        .build();
  }

  /// Text as long as a base64 SHA-256, different each time.
  private String hash() {
    byte[] bytes = new byte[HASH_BYTES];
    random.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
