package dejima.attestation;

import dejima.evidence.Json;
import dejima.evidence.Reading;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Verifies NVIDIA's attestation tokens: a detached EAT bundle (RFC 9711) of an overall JWT and one
/// JWT for each GPU, ES384, against a mirrored key set.
///
/// The bundle is the JSON that NVIDIA's service answers: `[["JWT", overall], {device: token}]`. The
/// overall token's `submods` hold the SHA-256 of each device's token.
public final class NvidiaVerifier {
  private static final int LONGEST = 256 << 10;
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(2);
  private static final Pattern PART = Pattern.compile("[A-Za-z0-9_-]+");
  private static final String ISSUER = "https://nras.attestation.nvidia.com";

  /// What each GPU must have passed, by NVIDIA's claims guide, version 3.
  private static final List<String> TRUE =
      List.of(
          "secboot",
          "x-nvidia-gpu-arch-check",
          "x-nvidia-gpu-attestation-report-parsed",
          "x-nvidia-gpu-attestation-report-signature-verified",
          "x-nvidia-gpu-attestation-report-nonce-match",
          "x-nvidia-gpu-attestation-report-cert-chain-fwid-match",
          "x-nvidia-gpu-driver-rim-fetched",
          "x-nvidia-gpu-driver-rim-schema-validated",
          "x-nvidia-gpu-driver-rim-signature-verified",
          "x-nvidia-gpu-driver-rim-version-match",
          "x-nvidia-gpu-driver-rim-measurements-available",
          "x-nvidia-gpu-vbios-rim-fetched",
          "x-nvidia-gpu-vbios-rim-schema-validated",
          "x-nvidia-gpu-vbios-rim-signature-verified",
          "x-nvidia-gpu-vbios-rim-version-match",
          "x-nvidia-gpu-vbios-rim-measurements-available",
          "x-nvidia-gpu-vbios-index-no-conflict");

  private static final List<String> CHAINS =
      List.of(
          "x-nvidia-gpu-attestation-report-cert-chain",
          "x-nvidia-gpu-driver-rim-cert-chain",
          "x-nvidia-gpu-vbios-rim-cert-chain");

  private final Mirror mirror;

  /// Trusts what stands in a mirror.
  public NvidiaVerifier(Mirror mirror) {
    this.mirror = mirror;
  }

  /// A token whose signature was found right.
  private record Token(Json.Obj claims, Instant until) {}

  /// Verifies one bundle.
  ///
  /// @param bundle as the service answered
  /// @param nonce 32 bytes that the verifier gave
  public Verdict verify(byte[] bundle, byte[] nonce, Instant now) {
    try {
      return switch (Json.read(bundle, LONGEST)) {
        case Reading.Read<Json>(Json.Arr(List<Json> items)) when items.size() == 2 ->
            genuine(items, nonce, now);
        case Reading.Read<Json> _ ->
            new Verdict.Rejected("the GPU's evidence is no detached EAT bundle of two parts");
        case Reading.Unreadable<Json>(String reason) -> new Verdict.Rejected(reason);
      };
    } catch (Refused broken) {
      return new Verdict.Rejected(broken.reason());
    }
  }

  private Verdict genuine(List<Json> items, byte[] nonce, Instant now) {
    Instant until = mirror.validUntil(now);
    Map<String, PublicKey> keys = keys();
    Token overall = token(overallText(items.getFirst()), keys, now);
    until = Certificates.earlier(until, overall.until());
    requireTrue(overall.claims(), "x-nvidia-overall-att-result");
    requireNonce(overall.claims(), nonce);
    if (!(items.get(1) instanceof Json.Obj devices) || devices.members().isEmpty()) {
      throw new Refused("the bundle names no GPU");
    }
    List<Json> claimed = new ArrayList<>();
    List<String> hardware = new ArrayList<>();
    Json.Obj digests =
        overall.claims().object("submods").orElseThrow(() -> new Refused("the token names no GPU"));
    Refused.unless(
        digests.members().size() == devices.members().size(),
        "the token speaks of other GPUs than the bundle holds");
    for (Json.Member device : devices.members()) {
      if (!(device.value() instanceof Json.Str(String text))) {
        throw new Refused("a GPU's token is not a text");
      }
      requireDigest(digests, device.name(), text);
      Token gpu = token(text, keys, now);
      until = Certificates.earlier(until, gpu.until());
      requireNonce(gpu.claims(), nonce);
      hardware.add(requireSound(gpu.claims()));
      claimed.add(shown(gpu.claims()));
    }
    return new Verdict.Genuine(
        String.join(" ", hardware),
        until,
        Json.object().put("tee", "nvidia").put("gpus", Json.array(claimed)).build());
  }

  private static String overallText(Json first) {
    if (first instanceof Json.Arr(List<Json> pair)
        && pair.size() == 2
        && pair.getFirst().equals(Json.of("JWT"))
        && pair.get(1) instanceof Json.Str(String text)) {
      return text;
    }
    throw new Refused("the bundle does not begin with [\"JWT\", token]");
  }

  /// `[ "DIGEST", [ "SHA-256", hex ] ]`, over the token's text.
  private static void requireDigest(Json.Obj digests, String device, String token) {
    String hash =
        HexFormat.of()
            .formatHex(
                KeyBinding.digest("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII)));
    // The claims guide writes the registered name; the service has also written it without hyphen.
    boolean named =
        List.of("SHA-256", "SHA256").stream()
            .map(name ->
                Json.array(
                    List.of(Json.of("DIGEST"), Json.array(List.of(Json.of(name), Json.of(hash))))))
            .anyMatch(wanted -> digests.get(device).filter(wanted::equals).isPresent());
    Refused.unless(named, "a GPU's token is not the one that the overall token names");
  }

  private static void requireNonce(Json.Obj claims, byte[] nonce) {
    Refused.unless(
        claims
            .string("eat_nonce")
            .filter(HexFormat.of().formatHex(nonce)::equalsIgnoreCase)
            .isPresent(),
        "the token is not for the nonce that was given");
  }

  private static void requireTrue(Json.Obj claims, String name) {
    Refused.unless(
        claims.get(name).filter(Json.of(true)::equals).isPresent(),
        "the claim " + name + " is not true");
  }

  private static String requireSound(Json.Obj claims) {
    TRUE.forEach(name -> requireTrue(claims, name));
    Refused.unless(
        claims.string("measres").filter("success"::equalsIgnoreCase).isPresent(),
        "the GPU's measurements do not match their reference values");
    Refused.unless(
        claims.string("dbgstat").filter("disabled"::equals).isPresent(),
        "debugging of the GPU is not disabled");
    CHAINS.forEach(name -> requireGood(claims, name));
    return claims
        .string("ueid")
        .filter(Pattern.compile("[0-9A-Za-z_-]{8,128}").asMatchPredicate())
        .orElseThrow(() -> new Refused("the GPU names no id"));
  }

  /// A chain's state as the service found it; it is the only one who can ask the responders.
  private static void requireGood(Json.Obj claims, String name) {
    Json.Obj chain = claims.object(name).orElseGet(() -> Json.object().build());
    Refused.unless(
        chain.string("x-nvidia-cert-status").filter("valid"::equals).isPresent()
            && chain.string("x-nvidia-cert-ocsp-status").filter("good"::equals).isPresent(),
        "the chain " + name + " is not valid and good");
  }

  private static Json shown(Json.Obj claims) {
    Json.Members members = Json.object();
    for (String name :
        List.of(
            "ueid",
            "hwmodel",
            "x-nvidia-gpu-driver-version",
            "x-nvidia-gpu-vbios-version",
            "measres")) {
      claims.string(name).ifPresent(value -> members.put(name, shortened(value)));
    }
    return members.build();
  }

  private static String shortened(String value) {
    return value.length() <= 128 ? value : value.substring(0, 128);
  }

  /// Reads a JWT of ES384 (RFC 7515, RFC 7518 §3.4) and checks signature, issuer and time.
  private static Token token(String text, Map<String, PublicKey> keys, Instant now) {
    String[] parts = text.split("\\.", -1);
    Refused.unless(parts.length == 3, "a token has three parts");
    Json.Obj header = object(decoded(parts[0]), "a token's header");
    Refused.unless(
        header.string("alg").filter("ES384"::equals).isPresent(),
        "a token is not signed with ES384");
    Refused.unless(header.get("crit").isEmpty(), "a token demands an extension");
    PublicKey key = keys.get(header.string("kid").orElse(""));
    if (key == null) {
      throw new Refused("a token's key is not in the mirrored key set");
    }
    Refused.unless(
        Ecdsa.verifies(
            key,
            "SHA384",
            (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII),
            decoded(parts[2])),
        "a token's signature is wrong");
    Json.Obj claims = object(decoded(parts[1]), "a token's claims");
    Refused.unless(
        claims.string("iss").filter(ISSUER::equals).isPresent(), "a token's issuer is unknown");
    Instant until = moment(claims, "exp").orElseThrow(() -> new Refused("a token has no end"));
    Instant issued =
        moment(claims, "iat").orElseThrow(() -> new Refused("a token has no beginning"));
    Refused.unless(now.isBefore(until), "a token has expired");
    Refused.unless(
        !issued.isAfter(now.plus(CLOCKS_DIFFER))
            && moment(claims, "nbf")
                .filter(from -> from.isAfter(now.plus(CLOCKS_DIFFER)))
                .isEmpty(),
        "a token is not valid yet");
    return new Token(claims, until);
  }

  private static Optional<Instant> moment(Json.Obj claims, String name) {
    return claims.integer(name).filter(n -> n >= 0 && n < 1L << 40).map(Instant::ofEpochSecond);
  }

  private static byte[] decoded(String part) {
    Refused.unless(PART.matcher(part).matches(), "a token is not base64url");
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(part);
      Refused.unless(
          Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part),
          "a token is base64url in a form other than the canonical one");
      return bytes;
    } catch (IllegalArgumentException malformed) {
      throw new Refused("a token is not base64url");
    }
  }

  private static Json.Obj object(byte[] json, String what) {
    return switch (Json.read(json, LONGEST)) {
      case Reading.Read<Json>(Json.Obj read) -> read;
      case Reading.Read<Json> _ -> throw new Refused(what + " is not an object");
      case Reading.Unreadable<Json>(String reason) -> throw new Refused(what + ": " + reason);
    };
  }

  /// The keys of the mirrored set (RFC 7517) that are for ES384.
  private Map<String, PublicKey> keys() {
    Map<String, PublicKey> keys = new TreeMap<>();
    Json.Obj set = object(mirror.file("nvidia/jwks.json"), "nvidia/jwks.json");
    for (Json one : set.array("keys").orElse(List.of())) {
      if (one instanceof Json.Obj key
          && key.string("kty").filter("EC"::equals).isPresent()
          && key.string("crv").filter("P-384"::equals).isPresent()) {
        byte[] x = decoded(key.string("x").orElse(""));
        byte[] y = decoded(key.string("y").orElse(""));
        Refused.unless(x.length == 48 && y.length == 48, "nvidia/jwks.json: a key is no P-384 key");
        byte[] point = new byte[96];
        System.arraycopy(x, 0, point, 0, 48);
        System.arraycopy(y, 0, point, 48, 48);
        String id = key.string("kid").orElse("");
        Refused.unless(
            !id.isEmpty() && keys.put(id, Ecdsa.key("secp384r1", point)) == null,
            "nvidia/jwks.json: keys need different ids");
      }
    }
    return keys;
  }
}
