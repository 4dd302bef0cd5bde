package dejima.evidence;

import dejima.evidence.tree.Proofs;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A COSE receipt of inclusion (RFC 9942) with the verifiable data structure RFC9162_SHA256: a
/// COSE_Sign1 of the log over the root of its tree, which is detached, with the inclusion proof of
/// one entry in its unprotected header. Who has the entry, the proof and the log's key needs
/// nothing of Dejima to check it.
public final class CoseReceipt {
  private static final long SIGN1_TAG = 18;
  private static final long ALGORITHM = 1;
  private static final long EDDSA = -8;
  private static final long KEY_ID = 4;

  /// Header parameters of RFC 9942 §4: the structure, and its proofs.
  private static final long STRUCTURE = 395;

  private static final long PROOFS = 396;
  private static final long RFC9162_SHA256 = 1;
  private static final long INCLUSION = -1;

  private CoseReceipt() {}

  /// Signs the receipt of the entry that ends a request, under the checkpoint of its receipt.
  static byte[] issue(Receipt receipt, Signer signer) {
    var head = Checkpoint.parse(receipt.note().text()).orThrow();
    var hashed = protectedHeader(signer.key());
    byte[] signature = signer.sign(toSign(hashed, head.rootBytes()));
    var proof =
        new Cbor.Array(
            List.of(
                new Cbor.Int(head.size()),
                new Cbor.Int(receipt.index()),
                new Cbor.Array(receipt.path().stream().map(CoseReceipt::hash).toList())));
    var unhashed =
        pairs(
            Map.entry(
                PROOFS,
                pairs(
                    Map.entry(
                        INCLUSION, new Cbor.Array(List.of(Cbor.Bytes.of(proof.encoded())))))));
    return new Cbor.Tagged(
            SIGN1_TAG,
            new Cbor.Array(List.of(hashed, unhashed, new Cbor.Nil(), Cbor.Bytes.of(signature))))
        .encoded();
  }

  private static Cbor hash(String base64) {
    return Cbor.Bytes.of(StrictBase64.read(base64, 32).orThrow());
  }

  @SafeVarargs
  private static Cbor.Pairs pairs(Map.Entry<Long, Cbor>... members) {
    var ordered = new LinkedHashMap<Long, Cbor>();
    for (var member : members) {
      ordered.put(member.getKey(), member.getValue());
    }
    return new Cbor.Pairs(ordered);
  }

  private static Cbor.Bytes protectedHeader(NoteKey log) {
    return Cbor.Bytes.of(
        pairs(
                Map.entry(ALGORITHM, new Cbor.Int(EDDSA)),
                Map.entry(KEY_ID, Cbor.Bytes.of(log.text().getBytes(StandardCharsets.UTF_8))),
                Map.entry(STRUCTURE, new Cbor.Int(RFC9162_SHA256)))
            .encoded());
  }

  /// The structure `Sig_structure` (RFC 9052 §4.4).
  private static byte[] toSign(Cbor.Bytes hashed, byte[] root) {
    return new Cbor.Array(
            List.of(
                new Cbor.Text("Signature1"),
                hashed,
                Cbor.Bytes.of(new byte[0]),
                Cbor.Bytes.of(root)))
        .encoded();
  }

  /// Checks that the log with this key signed a tree in which the entry with this body stands.
  ///
  /// @return its index
  public static Reading<Long> verify(byte[] cose, NoteKey log, Json.Obj body) {
    return Cbor.read(cose)
        .then(item ->
            item instanceof Cbor.Tagged(long tag, Cbor.Array(var parts))
                    && tag == SIGN1_TAG
                    && parts.size() == 4
                    && parts.get(0).equals(protectedHeader(log))
                    && parts.get(2) instanceof Cbor.Nil
                    && parts.get(3) instanceof Cbor.Bytes signature
                ? proof(parts.get(1)).then(proof -> check(proof, signature, log, body))
                : new Reading.Unreadable<>("not a COSE receipt of this log"));
  }

  private static Reading<List<Cbor>> proof(Cbor unhashed) {
    if (unhashed instanceof Cbor.Pairs(var headers)
        && headers.size() == 1
        && headers.get(PROOFS) instanceof Cbor.Pairs(var kinds)
        && kinds.size() == 1
        && kinds.get(INCLUSION) instanceof Cbor.Array(var proofs)
        && proofs.size() == 1
        && proofs.getFirst() instanceof Cbor.Bytes encoded) {
      return Cbor.read(encoded.bytes())
          .then(item ->
              item instanceof Cbor.Array(var parts) && parts.size() == 3
                  ? new Reading.Read<>(parts)
                  : new Reading.Unreadable<>("not an inclusion proof"));
    }
    return new Reading.Unreadable<>("not exactly one inclusion proof");
  }

  private static Reading<Long> check(
      List<Cbor> proof, Cbor.Bytes signature, NoteKey log, Json.Obj body) {
    if (!(proof.get(0) instanceof Cbor.Int(long size))
        || !(proof.get(1) instanceof Cbor.Int(long index))
        || !(proof.get(2) instanceof Cbor.Array(var path))
        || !path.stream().allMatch(CoseReceipt::isHash)) {
      return new Reading.Unreadable<>("not an inclusion proof");
    }
    byte[] leaf = Body.leafHash(StrictBase64.read(body.canonicalHash(), 32).orThrow());
    var hashes = path.stream().map(hash -> ((Cbor.Bytes) hash).bytes()).toList();
    return Proofs.root(index, size, leaf, hashes)
        .filter(root -> log.verifies(toSign(protectedHeader(log), root), signature.bytes()))
        .<Reading<Long>>map(_ -> new Reading.Read<>(index))
        .orElse(new Reading.Unreadable<>("the log did not sign the root to which the proof leads"));
  }

  private static boolean isHash(Cbor item) {
    return item instanceof Cbor.Bytes hash && hash.bytes().length == 32;
  }
}
