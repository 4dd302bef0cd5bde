package dejima.attestation;

import static dejima.attestation.Authority.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dejima.attestation.SiteAttestation.Attested;
import dejima.attestation.SiteAttestation.Hardware;
import dejima.attestation.SiteAttestation.Nonce;
import dejima.attestation.SiteAttestation.Unattested;
import dejima.evidence.Approvers;
import dejima.evidence.Approvers.Approver;
import dejima.evidence.Json;
import dejima.evidence.Signer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Evidence is constructed with made-up vendors' keys; no hardware has been at hand.
final class SiteAttestationTest {
  private static final byte[] SPKI = {1, 2, 3};
  private static final byte[] SEALING = HexFormat.of().parseHex("05".repeat(32));
  private static final Hardware REGISTERED =
      new Hardware(Set.of("07".repeat(64)), Set.of(), Set.of("4786204568"));

  private static Map<String, byte[]> files(boolean closed) {
    Map<String, byte[]> files = SnpVerifierTest.mirrorFiles();
    files.put("nvidia/jwks.json", NvidiaVerifierTest.keySet());
    String head = Authority.mirrorJson(SnpVerifierTest.MEASURED, "00".repeat(48)).strip();
    files.put(
        "mirror.json",
        (closed
                ? head.replaceFirst(
                    "\\{", "{\"egressClosed\":[\"" + SnpVerifierTest.MEASURED + "\"],")
                : head)
            .getBytes(StandardCharsets.UTF_8));
    return files;
  }

  private static byte[] offered(byte[] sealing) {
    byte[] report = SnpVerifierTest.body(3);
    System.arraycopy(KeyBinding.reportData(new byte[32], SPKI, sealing), 0, report, 0x50, 64);
    Json.Members offer =
        Json.object()
            .put("v", 1)
            .put(
                "snpReport",
                Base64.getEncoder()
                    .encodeToString(SnpVerifierTest.signed(report, SnpVerifierTest.VCEK)))
            .put("snpChain", new String(SnpVerifierTest.chain(), StandardCharsets.US_ASCII))
            .put("gpuToken", new String(NvidiaVerifierTest.sound(), StandardCharsets.US_ASCII));
    if (sealing.length > 0) {
      offer.put("sealingKey", Base64.getEncoder().encodeToString(sealing));
    }
    return offer.build().canonicalBytes();
  }

  private static SiteAttestation judged(
      byte[] offer, byte[] spki, Instant given, Hardware hardware, boolean closed) {
    return SiteAttestation.judge(
        Offer.read(offer).orThrow(),
        spki,
        List.of(new Nonce(new byte[32], given, Json.object().build())),
        hardware,
        Mirror.of(files(closed)).orThrow(),
        NOW);
  }

  private static List<String> reasons(SiteAttestation judged) {
    return switch (judged) {
      case Attested _ -> List.of();
      case Unattested(List<String> why) -> why;
    };
  }

  @Test
  void attestsASiteWhoseQuoteBindsItsKeyOnRegisteredHardware() {
    assertThat(judged(offered(new byte[0]), SPKI, NOW, REGISTERED, false))
        .isInstanceOfSatisfying(
            Attested.class,
            attested -> {
              assertThat(attested.until()).isEqualTo(NOW.plusSeconds(3_600));
              assertThat(attested.sealedUntil()).isEmpty();
              assertThat(attested.claims().canonicalBytes().length).isLessThan(4_096);
            });
  }

  @Test
  void letsPromptsBeSealedOnlyToAKeyInAClosedImage() {
    assertThat(judged(offered(SEALING), SPKI, NOW, REGISTERED, true))
        .isInstanceOfSatisfying(
            Attested.class, attested -> assertThat(attested.sealedUntil()).isPresent());
    assertThat(judged(offered(SEALING), SPKI, NOW, REGISTERED, false))
        .isInstanceOfSatisfying(
            Attested.class, attested -> assertThat(attested.sealedUntil()).isEmpty());
    assertThat(judged(offered(SEALING), SPKI, NOW.minus(Duration.ofHours(3)), REGISTERED, true))
        .isInstanceOfSatisfying(
            Attested.class,
            attested ->
                assertThat(attested.sealedUntil())
                    .hasValueSatisfying(until -> assertThat(until).isBefore(NOW)));
  }

  @Test
  void refusesASealingKeyThatTheQuoteDoesNotBind() {
    byte[] other = SEALING.clone();
    other[0] = 1;
    String swapped =
        new String(offered(SEALING), StandardCharsets.US_ASCII)
            .replace(
                Base64.getEncoder().encodeToString(SEALING),
                Base64.getEncoder().encodeToString(other));

    assertThat(
            reasons(
                judged(swapped.getBytes(StandardCharsets.US_ASCII), SPKI, NOW, REGISTERED, true)))
        .anyMatch(reason -> reason.contains("does not bind"));
  }

  @Test
  void refusesTheSameQuoteUnderAnotherKey() {
    assertThat(reasons(judged(offered(new byte[0]), new byte[] {9}, NOW, REGISTERED, false)))
        .anyMatch(reason -> reason.contains("does not bind"));
  }

  @Test
  void refusesANonceThatIsADayOld() {
    assertThat(
            reasons(
                judged(
                    offered(new byte[0]),
                    SPKI,
                    NOW.minus(Duration.ofHours(24)),
                    REGISTERED,
                    false)))
        .containsExactly("no nonce was given in the last day");
  }

  @Test
  void refusesHardwareThatIsNotRegistered() {
    Hardware other = new Hardware(Set.of("08".repeat(64)), Set.of(), Set.of());

    assertThat(reasons(judged(offered(new byte[0]), SPKI, NOW, other, false)))
        .hasSize(2)
        .allMatch(reason -> reason.contains("register does not name"));
  }

  @Test
  void needsBothCpuAndGpu() {
    String whole = new String(offered(new byte[0]), StandardCharsets.US_ASCII);
    String withoutGpu = whole.replaceFirst("\"gpuToken\":\".*?[^\\\\]\",", "");
    assertThat(
            reasons(
                judged(
                    withoutGpu.getBytes(StandardCharsets.US_ASCII), SPKI, NOW, REGISTERED, false)))
        .containsExactly("GPU: the site offers no token for its GPUs");
    assertThat(
            reasons(
                judged(
                    "{\"v\":1}".getBytes(StandardCharsets.US_ASCII), SPKI, NOW, REGISTERED, false)))
        .contains("CPU: the site offers no quote of its CPU");
  }

  @Test
  void takesAMirrorOnlyAsTwoPeopleSignedIt() {
    Signer sato = Signer.ed25519("sato", new byte[32]);
    byte[] seed = new byte[32];
    seed[0] = 1;
    Signer tanaka = Signer.ed25519("tanaka", seed);
    Approvers approvers =
        new Approvers(
            List.of(new Approver("Sato", sato.key()), new Approver("Tanaka", tanaka.key())));
    Map<String, byte[]> files = files(false);
    String text = Mirror.of(files).orThrow().approvalText();
    assertThat(Mirror.of(files).orThrow().judge(approvers))
        .isInstanceOf(Approvers.Verdict.Lacking.class);

    files.put(
        "signatures/approval.note",
        Approvers.sign(text, sato).noteText().getBytes(StandardCharsets.UTF_8));
    assertThat(Mirror.of(files).orThrow().judge(approvers))
        .isInstanceOf(Approvers.Verdict.Lacking.class);

    files.put(
        "signatures/approval.note",
        Approvers.addSignature(Approvers.sign(text, sato), tanaka)
            .orThrow()
            .noteText()
            .getBytes(StandardCharsets.UTF_8));
    assertThat(Mirror.of(files).orThrow().judge(approvers))
        .isInstanceOf(Approvers.Verdict.Approved.class);

    files.put("amd/other.pem", new byte[] {1});
    assertThat(Mirror.of(files).orThrow().judge(approvers))
        .isInstanceOf(Approvers.Verdict.Lacking.class);
  }

  @FuzzTest
  void neverThrows(byte[] bytes) {
    Offer.read(bytes);
    Mirror.of(Map.of("mirror.json", bytes));
  }
}
