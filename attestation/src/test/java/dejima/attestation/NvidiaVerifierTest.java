package dejima.attestation;

import static dejima.attestation.Authority.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dejima.evidence.Json;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tokens are constructed with a made-up service's keys; no hardware has been at hand.
final class NvidiaVerifierTest {
  private static final KeyPair SERVICE = Authority.ec("secp384r1");
  private static final byte[] NONCE = new byte[32];
  private static final String HEX = HexFormat.of().formatHex(NONCE);
  private static final String HEADER = "{\"alg\":\"ES384\",\"kid\":\"k1\",\"typ\":\"JWT\"}";
  private static final List<String> FLAGS =
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
  private static final String CHAIN =
      "{\"x-nvidia-cert-status\":\"valid\",\"x-nvidia-cert-ocsp-status\":\"good\"}";

  static byte[] keySet() {
    byte[] point = Authority.point(SERVICE, 48);
    return "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-384\",\"kid\":\"k1\",\"x\":\"%s\",\"y\":\"%s\"}]}"
        .formatted(url(Arrays.copyOf(point, 48)), url(Arrays.copyOfRange(point, 48, 96)))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static NvidiaVerifier verifier() {
    return new NvidiaVerifier(
        Mirror.of(
                Map.of(
                    "mirror.json",
                    Authority.mirrorJson("00".repeat(48), "00".repeat(48))
                        .getBytes(StandardCharsets.UTF_8),
                    "nvidia/jwks.json",
                    keySet()))
            .orThrow());
  }

  private static String url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String jwt(String header, String claims, KeyPair key) {
    String signed =
        url(header.getBytes(StandardCharsets.UTF_8))
            + "."
            + url(claims.getBytes(StandardCharsets.UTF_8));
    return signed
        + "."
        + url(
            Authority.sign(key.getPrivate(), "SHA384", signed.getBytes(StandardCharsets.US_ASCII)));
  }

  private static String times() {
    return "\"iss\":\"https://nras.attestation.nvidia.com\",\"iat\":%d,\"exp\":%d,\"eat_nonce\":\"%s\""
        .formatted(NOW.getEpochSecond() - 60, NOW.getEpochSecond() + 3_600, HEX);
  }

  private static String gpuClaims() {
    StringBuilder claims =
        new StringBuilder(
            "{"
                + times()
                + ",\"ueid\":\"4786204568\",\"measres\":\"success\",\"dbgstat\":\"disabled\"");
    FLAGS.forEach(name -> claims.append(",\"").append(name).append("\":true"));
    for (String part : List.of("attestation-report", "driver-rim", "vbios-rim")) {
      claims.append(",\"x-nvidia-gpu-").append(part).append("-cert-chain\":").append(CHAIN);
    }
    return claims.append("}").toString();
  }

  private static byte[] bundle(
      UnaryOperator<String> overall, UnaryOperator<String> gpu, String header, KeyPair key) {
    String device = jwt(header, gpu.apply(gpuClaims()), key);
    String digest =
        HexFormat.of().formatHex(Authority.sha256(device.getBytes(StandardCharsets.US_ASCII)));
    String top =
        "{"
            + times()
            + ",\"x-nvidia-overall-att-result\":true,\"submods\":{\"GPU-0\":[\"DIGEST\",[\"SHA-256\",\""
            + digest
            + "\"]]}}";
    return Json.array(
            List.of(
                Json.strings(List.of("JWT", jwt(header, overall.apply(top), key))),
                Json.object().put("GPU-0", device).build()))
        .canonicalBytes();
  }

  static byte[] sound() {
    return bundle(text -> text, text -> text, HEADER, SERVICE);
  }

  private static String refusal(byte[] bundle) {
    return refusal(bundle, NOW);
  }

  private static String refusal(byte[] bundle, Instant now) {
    return switch (verifier().verify(bundle, NONCE, now)) {
      case Verdict.Genuine _ -> "genuine";
      case Verdict.Rejected(String reason) -> reason;
    };
  }

  @Test
  void findsASoundBundleGenuine() {
    assertThat(verifier().verify(sound(), NONCE, NOW))
        .isInstanceOfSatisfying(
            Verdict.Genuine.class,
            genuine -> {
              assertThat(genuine.hardware()).isEqualTo("4786204568");
              assertThat(genuine.until()).isEqualTo(NOW.plusSeconds(3_600));
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "secboot",
        "x-nvidia-gpu-arch-check",
        "x-nvidia-gpu-attestation-report-signature-verified",
        "x-nvidia-gpu-attestation-report-nonce-match",
        "x-nvidia-gpu-vbios-rim-measurements-available",
        "x-nvidia-gpu-vbios-index-no-conflict"
      })
  void refusesEachClaimThatIsNotTrue(String name) {
    for (String other : List.of("false", "null", "\"true\"", "1")) {
      assertThat(
              refusal(
                  bundle(
                      text -> text,
                      text -> text.replace("\"" + name + "\":true", "\"" + name + "\":" + other),
                      HEADER,
                      SERVICE)))
          .contains(name);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "success, fail, measurements",
    "disabled, enabled, debugging",
    "4786204568, x, no id",
    "good, revoked, valid and good",
    "valid\", expired\", valid and good"
  })
  void refusesEachForgedValue(String from, String to, String reason) {
    assertThat(refusal(bundle(text -> text, text -> text.replace(from, to), HEADER, SERVICE)))
        .contains(reason);
  }

  @Test
  void refusesAForgedOverallToken() {
    assertThat(
            refusal(
                bundle(
                    text -> text.replace("result\":true", "result\":false"),
                    text -> text,
                    HEADER,
                    SERVICE)))
        .contains("x-nvidia-overall-att-result");
    assertThat(
            refusal(
                bundle(
                    text -> text.replace(HEX, "ff" + HEX.substring(2)),
                    text -> text,
                    HEADER,
                    SERVICE)))
        .contains("nonce");
    assertThat(
            refusal(bundle(text -> text.replace("nras.", "evil."), text -> text, HEADER, SERVICE)))
        .contains("issuer");
    assertThat(
            refusal(bundle(text -> text.replace("GPU-0", "GPU-1"), text -> text, HEADER, SERVICE)))
        .contains("overall token names");
  }

  @Test
  void refusesAnotherGpusToken() {
    String other =
        new String(
            bundle(text -> text, text -> text.replace("4786204568", "4786204569"), HEADER, SERVICE),
            StandardCharsets.US_ASCII);
    String first = new String(sound(), StandardCharsets.US_ASCII);
    String mixed = first.substring(0, first.indexOf("{")) + other.substring(other.indexOf("{"));

    assertThat(refusal(mixed.getBytes(StandardCharsets.US_ASCII))).contains("overall token names");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"alg\":\"none\",\"kid\":\"k1\"}",
        "{\"alg\":\"HS384\",\"kid\":\"k1\"}",
        "{\"alg\":\"ES256\",\"kid\":\"k1\"}",
        "{\"alg\":\"ES384\",\"kid\":\"k2\"}",
        "{\"alg\":\"ES384\"}",
        "{\"alg\":\"ES384\",\"kid\":\"k1\",\"crit\":[\"x\"]}"
      })
  void refusesOtherAlgorithmsAndKeys(String header) {
    assertThat(refusal(bundle(text -> text, text -> text, header, SERVICE)))
        .isNotEqualTo("genuine");
  }

  @Test
  void refusesAnotherServicesSignature() {
    assertThat(refusal(bundle(text -> text, text -> text, HEADER, Authority.ec("secp384r1"))))
        .contains("signature is wrong");
  }

  @Test
  void refusesTokensOutsideTheirTime() {
    assertThat(refusal(sound(), NOW.plusSeconds(3_600))).contains("expired");
    assertThat(refusal(sound(), NOW.minusSeconds(600))).contains("not valid yet");
    assertThat(
            refusal(
                bundle(
                    text -> text.replaceFirst("\"exp\":\\d+,", ""), text -> text, HEADER, SERVICE)))
        .contains("no end");
  }

  @Test
  void refusesEveryOtherShape() {
    for (String other :
        List.of(
            "",
            "[]",
            "{}",
            "[1,2]",
            "[[\"JWT\",\"a.b\"],{}]",
            "[[\"JWT\",\"..\"],{\"GPU-0\":1}]")) {
      assertThat(refusal(other.getBytes(StandardCharsets.US_ASCII))).isNotEqualTo("genuine");
    }
    String padded =
        new String(sound(), StandardCharsets.US_ASCII)
            .replaceFirst("\\.([A-Za-z0-9_-]+)\"\\]", ".$1=\"]");
    assertThat(refusal(padded.getBytes(StandardCharsets.US_ASCII))).contains("base64url");
  }

  @FuzzTest
  void neverThrows(byte[] bytes) {
    verifier().verify(bytes, NONCE, NOW);
  }
}
