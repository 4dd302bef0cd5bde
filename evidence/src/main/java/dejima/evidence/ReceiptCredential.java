package dejima.evidence;

import dejima.evidence.tree.Sha256;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/// What a receipt says, as a W3C Verifiable Credential 2.0 that the log issues about one request,
/// secured by Data Integrity with `eddsa-jcs-2022`. The issuer is the log's own key, as a
/// `did:key`.
final class ReceiptCredential {
  private static final String CONTEXT = "https://www.w3.org/ns/credentials/v2";

  /// What the W3C names for terms that only the issuer defines.
  private static final String OWN_TERMS = "https://www.w3.org/ns/credentials/undefined-terms/v2";

  private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final byte[] ED25519_CODE = {(byte) 0xed, 0x01};

  private ReceiptCredential() {}

  /// Signs the credential.
  static byte[] issue(Receipt receipt, Signer signer, Instant now) {
    String multikey = multikey(signer.publicKey());
    String issuer = "did:key:" + multikey;
    Json context = Json.strings(List.of(CONTEXT, OWN_TERMS));
    var credential =
        Json.object()
            .put("@context", context)
            .put("type", Json.strings(List.of("VerifiableCredential", "DejimaReceipt")))
            .put("id", "urn:dejima:" + receipt.id())
            .put("issuer", issuer)
            .put("validFrom", seconds(receipt.body().integer("time").orElse(0L)))
            .put("credentialSubject", subject(receipt));
    var proof =
        Json.object()
            .put("@context", context)
            .put("type", "DataIntegrityProof")
            .put("cryptosuite", "eddsa-jcs-2022")
            .put("created", seconds(now.toEpochMilli()))
            .put("verificationMethod", issuer + "#" + multikey)
            .put("proofPurpose", "assertionMethod");
    byte[] hashes =
        ByteBuffer.allocate(2 * Sha256.LENGTH)
            .put(Sha256.of(proof.build().canonicalBytes()))
            .put(Sha256.of(credential.build().canonicalBytes()))
            .array();
    proof.put("proofValue", "z" + base58(signer.sign(hashes)));
    return credential.put("proof", proof.build()).build().canonicalBytes();
  }

  private static Json subject(Receipt receipt) {
    var head = Checkpoint.parse(receipt.note().text()).orThrow();
    var body = receipt.body();
    var subject =
        Json.object()
            .put("id", "urn:dejima:request:" + receipt.id())
            .put("kind", body.string("kind").orElse(""))
            .put("dataClass", new ReceiptFacts(receipt).text("dataClass").orElse(""))
            .put("log", head.origin())
            .put("index", receipt.index())
            .put("treeSize", head.size())
            .put("treeRoot", head.root())
            .put("bodyHash", body.canonicalHash())
            .put(
                "places",
                Json.array(receipt.intents().stream().map(ReceiptCredential::place).toList()));
    body.object("policy")
        .flatMap(policy -> policy.string("hash"))
        .ifPresent(hash -> subject.put("policyHash", hash));
    return subject.build();
  }

  /// What was on record of the place when the request left for it.
  private static Json place(Receipt.Proven intent) {
    var site = intent.body().object("site").orElseGet(() -> Json.object().build());
    var place = Json.object();
    for (String name : List.of("operator", "country", "control", "evidence")) {
      site.string(name).ifPresent(value -> place.put(name, value));
    }
    return place.put("site", site.string("id").orElse("")).build();
  }

  private static String seconds(long epochMillis) {
    return Instant.ofEpochSecond(epochMillis / 1_000).toString();
  }

  private static String multikey(byte[] key) {
    return "z" + base58(ByteBuffer.allocate(34).put(ED25519_CODE).put(key).array());
  }

  /// base58btc: the number in base 58, with a `1` for each leading zero byte.
  static String base58(byte[] bytes) {
    var text = new StringBuilder();
    var rest = new BigInteger(1, bytes);
    var base = BigInteger.valueOf(BASE58.length());
    while (rest.signum() > 0) {
      var parts = rest.divideAndRemainder(base);
      text.append(BASE58.charAt(parts[1].intValue()));
      rest = parts[0];
    }
    for (int i = 0; i < bytes.length && bytes[i] == 0; i++) {
      text.append(BASE58.charAt(0));
    }
    return text.reverse().toString();
  }
}
