package dejima.evidence;

import java.util.List;

/// Entries of the size that four sites and one attempt make.
final class BenchEntries {
  private static final Json DECISIONS = Specimen.decisions();
  private static final Json.Obj SITE =
      Json.object()
          .put("id", "sakura-ishikari")
          .put("operator", "さくらインターネット")
          .put("country", "JP")
          .put("control", "domestic")
          .put("evidence", "E0")
          .put("pin", SiteStatement.pin(Specimen.SITE.getPublic()))
          .build();
  private static final String HASH = Commitment.saltHash(Specimen.SALT);
  private static final Json POLICY = Specimen.policy();
  private static final byte[] DER = new byte[71];

  private BenchEntries() {}

  private static Json.Members shared() {
    return Json.object()
        .put("dataClass", "confidentiality-2")
        .put("declared", "confidentiality-2")
        .put("classSetBy", Json.strings(List.of("declared", "project")))
        .put("model", "builtin-selftest")
        .put("requestCommitment", HASH)
        .put("saltHash", HASH)
        .put("policy", POLICY)
        .put("siteFacts", HASH)
        .put("decisions", DECISIONS)
        .put("site", SITE);
  }

  static Entry intent(String id) {
    return new Entry(id, Kind.INTENT, "tenant-1", shared().put("attempt", 1).build());
  }

  static Entry outcome(String id, String intent) {
    var statement = new SiteStatement("sakura-ishikari", id, 1, HASH, HASH, "m", "sha256:0", 200);
    var attempt =
        Json.object()
            .put("attempt", 1)
            .put("site", "sakura-ishikari")
            .put("intent", intent)
            .build();
    return new Entry(
        id,
        Kind.OUTCOME,
        "tenant-1",
        shared()
            .put("attempts", Json.array(List.of(attempt)))
            .put("finish", "complete")
            .put("status", 200)
            .put("responseCommitment", HASH)
            .put("inputTokens", 120)
            .put("outputTokens", 48)
            .put("durationMs", 812)
            .put("siteSignature", statement.evidence(DER, Specimen.SITE.getPublic()))
            .build());
  }
}
