package dejima.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.evidence.EcdsaP256;
import dejima.evidence.GroundsCheck.Judgement;
import dejima.evidence.Json;
import dejima.evidence.NoteSecret;
import dejima.evidence.Receipt;
import dejima.evidence.Signer;
import dejima.evidence.StrictBase64;
import dejima.location.Landmarks;
import dejima.location.Landmarks.Landmark;
import dejima.location.LegalPerson;
import dejima.location.LocationEntry;
import dejima.location.LocationProof;
import dejima.location.MeasurementId;
import dejima.location.P256;
import dejima.location.Place;
import dejima.location.RoundTrip;
import dejima.location.SiteKey;
import dejima.location.TlsBinding;
import dejima.location.Transcript;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SiteEvidenceTest {
  private static final Instant NOON = Instant.parse("2026-11-21T03:00:00Z");
  private static final Place OSAKA = new Place(34.694, 135.502);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final KeyPair SITE = P256.keyPair(RANDOM);
  private static final Signer FIRST = landmark("one.landmark.example");
  private static final Signer SECOND = landmark("two.landmark.example");
  private static final Landmarks TRUSTED =
      new Landmarks(
          List.of(
              new Landmark(FIRST.key(), new LegalPerson("First K.K."), OSAKA),
              new Landmark(SECOND.key(), new LegalPerson("Second University"), OSAKA)));
  private static final Receipt.Documents NOTHING =
      new Receipt.Documents(Map.of(), Json.array(List.of()));
  private static final Json.Obj REGISTER = Json.object().put("kind", "register").build();

  private static Signer landmark(String id) {
    return Signer.ed25519(NoteSecret.generate(id, RANDOM));
  }

  private static Json.Obj measurement(Signer landmark, double millis, Instant started) {
    List<RoundTrip> trips =
        LongStream.generate(() -> (long) (millis * 1e6))
            .limit(24)
            .mapToObj(RoundTrip::new)
            .toList();
    Transcript transcript =
        new Transcript(
            MeasurementId.fresh(RANDOM),
            landmark.keyName(),
            TRUSTED.of(landmark.keyName()).orElseThrow().person(),
            OSAKA,
            "osaka-1",
            new SiteKey(SITE.getPublic()).pin(),
            new TlsBinding(StrictBase64.text(new byte[32])),
            started.toEpochMilli(),
            0,
            0,
            trips);
    String signed = transcript.sign(landmark);
    LocationProof proof =
        new LocationProof(
            transcript,
            signed,
            new SiteKey(SITE.getPublic()),
            countersign(transcript.countersigned(signed)));
    return Json.object()
        .put("kind", "location")
        .put("time", started.toEpochMilli())
        .putAll(LocationEntry.of("osaka-1", OSAKA, proof, TRUSTED).json())
        .build();
  }

  private static String countersign(byte[] text) {
    return StrictBase64.text(EcdsaP256.sign(SITE.getPrivate(), text));
  }

  private static Json.Obj intent(String level, Instant at) {
    return Json.object()
        .put("time", at.toEpochMilli())
        .put(
            "site",
            Json.object()
                .put("id", "osaka-1")
                .put("pin", new SiteKey(SITE.getPublic()).pin())
                .put("evidence", level)
                .build())
        .build();
  }

  private static EvidenceTrust trusting(Optional<Landmarks> landmarks) {
    return new EvidenceTrust(EvidenceTrust.NOBODY.keys(), landmarks, Optional.empty());
  }

  private static Judgement judge(String level, Json.Obj... grounds) {
    return new SiteEvidence(trusting(Optional.of(TRUSTED)))
        .judge(intent(level, NOON), List.of(grounds), NOTHING);
  }

  @Test
  void recomputesALocationFromTheRawRoundTrips() {
    Judgement judgement =
        judge("E2", REGISTER, measurement(FIRST, 2, NOON), measurement(SECOND, 1.5, NOON));

    assertThat(judgement)
        .isInstanceOfSatisfying(
            Judgement.Holds.class,
            holds -> {
              assertThat(holds.proved())
                  .extracting(finding -> finding.en())
                  .anyMatch(text -> text.contains("no foreign land"))
                  .anyMatch(text -> text.contains("First K.K.") && text.contains("2.000 ms"));
              assertThat(holds.notProved())
                  .extracting(finding -> finding.en())
                  .anyMatch(text -> text.contains("relay inside Japan"));
            });
  }

  @Test
  void refusesWhatTheGeometryDoesNotBear() {
    Json.Obj near = measurement(FIRST, 2, NOON);

    assertThat(judge("E2", REGISTER, near)).isInstanceOf(Judgement.Fails.class);
    assertThat(judge("E2", REGISTER, near, near)).isInstanceOf(Judgement.Fails.class);
    assertThat(judge("E2", REGISTER, near, measurement(SECOND, 4, NOON)))
        .isInstanceOf(Judgement.Fails.class);
    assertThat(judge("E2", REGISTER, near, measurement(SECOND, 1, NOON.minusSeconds(601))))
        .isInstanceOf(Judgement.Fails.class);
  }

  @Test
  void refusesAnEntryThatWasChanged() {
    Json.Obj genuine = measurement(SECOND, 4, NOON);
    String faster = genuine.canonicalText().replace("4000000", "1000000");
    Json.Obj forged =
        (Json.Obj) Json.read(faster.getBytes(java.nio.charset.StandardCharsets.UTF_8)).orThrow();

    assertThat(judge("E2", REGISTER, measurement(FIRST, 2, NOON), forged))
        .isInstanceOf(Judgement.Fails.class);
    assertThat(judge("E2", REGISTER, Json.object().put("kind", "location").build()))
        .isInstanceOf(Judgement.Fails.class);
  }

  @ParameterizedTest
  @CsvSource({"E1, register", "E2, register", "E3, register", "E4, register", "E9, level"})
  void refusesALevelWithoutTheEntryThatItNeeds(String level, String missing) {
    assertThat(judge(level))
        .isInstanceOfSatisfying(
            Judgement.Fails.class, fails -> assertThat(fails.reason()).contains(missing));
  }

  @Test
  void saysThatALocationWasNotExaminedWithoutTrustedLandmarks() {
    List<Json.Obj> grounds = new ArrayList<>(List.of(REGISTER, measurement(FIRST, 2, NOON)));

    assertThat(
            new SiteEvidence(trusting(Optional.empty()))
                .judge(intent("E2", NOON), grounds, NOTHING))
        .isInstanceOfSatisfying(
            Judgement.Holds.class,
            holds ->
                assertThat(holds.notProved())
                    .anyMatch(finding -> finding.en().contains("--landmarks")));
  }
}
