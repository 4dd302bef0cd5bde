package dejima.attestation;

import dejima.evidence.Json;
import dejima.evidence.Reading;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/// What a site's agent offers as attestation, as its route `/dejima/v1/attestation` answers: a JSON
/// object with `v` 1 and of the others what the site has. Bytes are base64.
///
/// @param snpReport an SEV-SNP report
/// @param snpChain its certificates, PEM
/// @param tdxQuote a TDX quote
/// @param gpuToken NVIDIA's bundle, JSON
/// @param sealingKey X25519, 32 bytes
public record Offer(
    Optional<Bytes> snpReport,
    Optional<Bytes> snpChain,
    Optional<Bytes> tdxQuote,
    Optional<Bytes> gpuToken,
    Optional<Bytes> sealingKey) {
  private static final Set<String> MEMBERS =
      Set.of("v", "snpReport", "snpChain", "tdxQuote", "gpuToken", "sealingKey");
  private static final int LONGEST = 1 << 20;

  /// Bytes that are compared by what they are.
  public static final class Bytes {
    private final byte[] bytes;

    private Bytes(byte[] bytes) {
      this.bytes = bytes.clone();
    }

    /// A copy.
    public byte[] copy() {
      return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Bytes that && java.util.Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
      return java.util.Arrays.hashCode(bytes);
    }
  }

  /// Reads an agent's answer.
  public static Reading<Offer> read(byte[] json) {
    return Json.read(json, LONGEST).then(Offer::of);
  }

  private static Reading<Offer> of(Json json) {
    if (!(json instanceof Json.Obj object)
        || !object.integer("v").equals(Optional.of(1L))
        || !object.members().stream().map(Json.Member::name).allMatch(MEMBERS::contains)) {
      return new Reading.Unreadable<>("the site's attestation is not in version 1 of its form");
    }
    try {
      return new Reading.Read<>(
          new Offer(
              bytes(object, "snpReport"),
              object.string("snpChain").map(pem -> new Bytes(pem.getBytes(StandardCharsets.UTF_8))),
              bytes(object, "tdxQuote"),
              object
                  .string("gpuToken")
                  .map(token -> new Bytes(token.getBytes(StandardCharsets.UTF_8))),
              bytes(object, "sealingKey").filter(key -> key.copy().length == 32)));
    } catch (IllegalArgumentException malformed) {
      return new Reading.Unreadable<>("the site's attestation is not base64");
    }
  }

  private static Optional<Bytes> bytes(Json.Obj object, String name) {
    return object.string(name).map(text -> new Bytes(Base64.getDecoder().decode(text)));
  }
}
