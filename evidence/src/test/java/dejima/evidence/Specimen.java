package dejima.evidence;

import dejima.evidence.DecisionReplay.Replay;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/// One plausible request and everything that is recorded about it.
final class Specimen {
  static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));
  static final byte[] SALT = new byte[32];
  static final byte[] REQUEST = "{\"model\":\"m\"}".getBytes(StandardCharsets.UTF_8);
  static final byte[] RESPONSE = "{\"answer\":\"出島\"}".getBytes(StandardCharsets.UTF_8);
  static final Map<String, String> FILES =
      Map.of(
          "bundle.properties", "id=demo\n",
          "rules/a.cel", "// id: a\ntrue\n",
          "theorems/t.txt", "t\n");
  static final NoteSecret SECRET = NoteSecret.generate("log.example/dejima", new Random(1));
  static final Signer SIGNER = Signer.ed25519(SECRET);
  static final VerificationKeys KEYS = VerificationKeys.ofLog(SIGNER.key());
  static final Json FACTS =
      Json.array(List.of(facts("sakura-ishikari", "さくら"), facts("us-west", "Example Cloud")));
  static final Attachments ATTACHED = new Attachments(FILES, FACTS, List.of(), Carried.NONE);
  static final ReceiptJudges REPLAY =
      new ReceiptJudges((_, documents) -> replay(documents), GroundsCheck.NONE);
  static final KeyPair SITE = siteKey();

  private Specimen() {}

  static LogSettings settings() {
    return LogSettings.of(SIGNER, CLOCK);
  }

  static RequestIds ids(long seed) {
    return new RequestIds(CLOCK, new Random(seed));
  }

  static KeyPair siteKey() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static Json.Obj policy() {
    return Json.object()
        .put("id", "demo")
        .put("version", "1")
        .put("hash", PolicyHash.ofBundle(FILES))
        .put("theorems", PolicyHash.ofTheorems(FILES))
        .build();
  }

  private static Replay replay(Receipt.Documents documents) {
    return new Replay.Same(((Json.Arr) documents.siteFacts()).items().size());
  }

  private static Json.Obj facts(String site, String operator) {
    return Json.object()
        .put("site", site)
        .put("operator", operator)
        .put("country", "JP")
        .put("control", "domestic")
        .build();
  }

  private static Json.Obj decision(String site, String effect) {
    return Json.object()
        .put("evidence", "E0")
        .put("effect", effect)
        .put("by", Json.array(List.of(Json.of(0))))
        .put("sites", Json.strings(List.of(site)))
        .build();
  }

  static Json.Obj decisions() {
    return Json.object()
        .put("rules", Json.strings(List.of("rule-1")))
        .put(
            "sites",
            Json.array(List.of(decision("sakura-ishikari", "permit"), decision("us-west", "deny"))))
        .build();
  }

  static Json.Members decided() {
    return Json.object()
        .put("dataClass", "confidentiality-2")
        .put("saltHash", Commitment.saltHash(SALT))
        .put("requestCommitment", Commitment.to(SALT, REQUEST))
        .put("policy", policy())
        .put("siteFacts", FACTS.canonicalHash())
        .put("decisions", decisions());
  }

  static Entry intent(String id, int attempt) {
    var site =
        Json.object()
            .put("id", "sakura-ishikari")
            .put("operator", "さくら")
            .put("country", "JP")
            .put("control", "domestic")
            .put("evidence", "E0")
            .put("pin", SiteStatement.pin(SITE.getPublic()))
            .build();
    return new Entry(
        id, Kind.INTENT, "t1", decided().put("attempt", attempt).put("site", site).build());
  }

  static Entry outcome(String id, List<String> intents) {
    var attempts = new ArrayList<Json>();
    for (int i = 0; i < intents.size(); i++) {
      attempts.add(
          Json.object()
              .put("attempt", i + 1)
              .put("site", "sakura-ishikari")
              .put("intent", intents.get(i))
              .put("result", "complete")
              .build());
    }
    var statement = statement(id, intents.size());
    return new Entry(
        id,
        Kind.OUTCOME,
        "t1",
        decided()
            .put("attempts", Json.array(attempts))
            .put("finish", "complete")
            .put("status", 200)
            .put("responseCommitment", Commitment.to(SALT, RESPONSE))
            .put("siteSignature", statement.evidence(sign(statement), SITE.getPublic()))
            .build());
  }

  static Entry refusal(String id) {
    return new Entry(id, Kind.REFUSAL, "t2", decided().put("reason", "no site").build());
  }

  static SiteStatement statement(String id, int attempt) {
    return new SiteStatement(
        "sakura-ishikari",
        id,
        attempt,
        Commitment.to(SALT, REQUEST),
        Commitment.to(SALT, RESPONSE),
        "m",
        "sha256:00",
        200);
  }

  static byte[] sign(SiteStatement statement) {
    return EcdsaP256.sign(SITE.getPrivate(), statement.canonicalBytes());
  }

  /// Records an entry and waits until it is durable.
  static Promise record(EvidenceLog log, Entry entry) {
    return log.append(entry).join();
  }

  /// Records an entry for which nobody waits.
  static CompletableFuture<Promise> later(EvidenceLog log, Entry entry) {
    var receiver = new Awaited();
    log.appendLater(entry, receiver);
    return receiver.done;
  }

  private static final class Awaited implements EvidenceLog.Receiver {
    private final CompletableFuture<Promise> done = new CompletableFuture<>();

    @Override
    public void durable(Promise promise) {
      done.complete(promise);
    }

    @Override
    public void failed(AppendFailure failure) {
      done.completeExceptionally(failure);
    }
  }

  /// Records a whole request with so many attempts.
  static String request(EvidenceLog log, String id, int attempts) {
    var intents = new ArrayList<String>();
    for (int i = 1; i <= attempts; i++) {
      intents.add(record(log, intent(id, i)).bodyHash());
    }
    record(log, outcome(id, intents));
    return id;
  }

  static Openings openings() {
    return new Openings(Optional.of(REQUEST), Optional.of(RESPONSE), Optional.empty());
  }
}
