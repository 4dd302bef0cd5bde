package dejima.location;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dejima.evidence.Json;
import dejima.evidence.Reading;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is read is written back the same; what is forged or malformed is refused.
class LocationFormsTest {
  private static final World WORLD = new World();
  private static final LocationEntry ENTRY = WORLD.entry(WORLD.first, World.NOON, 2);
  private static final LandmarkStatement.Signed STATEMENT =
      new LandmarkStatement(
              WORLD.first.id(),
              WORLD.first.person,
              WORLD.first.place,
              WORLD.first.agreement.getPublic(),
              1)
          .sign(WORLD.first.signer);

  @Test
  void anEntryIsReadBackFromTheLogsBody() {
    Json body = Json.object().put("id", "rcpt_x").put("time", 1).putAll(ENTRY.json()).build();

    assertThat(LocationEntry.of(body)).isEqualTo(new Reading.Read<>(ENTRY));
    assertThat(ENTRY.verdict()).isEqualTo("PROVED");
  }

  @Test
  void theLongestEntryFitsIntoTheLog() {
    List<RoundTrip> most =
        LongStream.range(0, 128).mapToObj(i -> new RoundTrip(9_999_999_999L - i)).toList();
    Transcript transcript = WORLD.transcript(WORLD.first, World.NOON, most);
    LocationEntry entry =
        LocationEntry.of(
            World.SITE, World.OSAKA, WORLD.signed(WORLD.first, transcript), WORLD.trusted());

    assertThat(entry.json().canonicalBytes().length).isLessThan(4096);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1",
        "-2000000",
        "10000000001",
        "9007199254740993",
        "1e300",
        "0.5",
        "2000000.5",
        "null",
        "\"2000000\"",
        "true",
        "[]",
        "{}",
        "1e-300"
      })
  void refusesDurationsThatAreNone(String duration) {
    String text = transcriptText().replaceFirst("\\[2000000,", "[" + duration + ",");

    assertThat(text).isNotEqualTo(transcriptText());
    assertThat(Transcript.of(read(text))).isInstanceOf(Reading.Unreadable.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "1e999", "+1", "01", "0x1"})
  void knowsNoNumberThatJsonDoesNotKnow(String duration) {
    String text = transcriptText().replaceFirst("\\[2000000,", "[" + duration + ",");

    assertThat(Json.read(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(Reading.Unreadable.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, 10_000_000_001L})
  void makesNoRoundTripOfWhatIsNone(long nanos) {
    assertThatThrownBy(() -> new RoundTrip(nanos)).isInstanceOf(IllegalArgumentException.class);
  }

  static Stream<double[]> nowhere() {
    return Stream.of(
        new double[] {Double.NaN, 0},
        new double[] {0, Double.NaN},
        new double[] {90.0000001, 0},
        new double[] {-91, 0},
        new double[] {0, 180.0001},
        new double[] {Double.POSITIVE_INFINITY, 0},
        new double[] {0, Double.NEGATIVE_INFINITY});
  }

  @ParameterizedTest
  @MethodSource("nowhere")
  void makesNoPlaceOfWhatIsNowhere(double[] place) {
    assertThatThrownBy(() -> new Place(place[0], place[1]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /// Each replacement keeps the form; the signatures must give it away.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"roundTrips\":[2000000,->\"roundTrips\":[1000000,",
        "\"lost\":0->\"lost\":1",
        "\"refused\":0->\"refused\":2",
        "\"latitude\":34.694->\"latitude\":34.6941",
        "\"started\":1795230000000->\"started\":1795230000001",
        "\"tls\":\"AAAA->\"tls\":\"BAAA"
      })
  void aForgedTranscriptProvesNothing(String forgery) {
    String[] parts = forgery.split("->", 2);
    String proof = ENTRY.proof().json().canonicalText();
    String forged = proof.replace(parts[0], parts[1]);
    assertThat(forged).as("the forgery takes").isNotEqualTo(proof);

    LocationProof read = LocationProof.of(read(forged)).orThrow();

    assertThat(LocationEntry.of(World.SITE, World.OSAKA, read, WORLD.trusted()).reason())
        .isEqualTo("landmark-signature");
  }

  @Test
  void aProofWithoutTheSitesOwnSignatureProvesNothing() {
    World other = new World();
    LocationProof proof = ENTRY.proof();
    Transcript transcript = proof.transcript();
    LocationProof byAnother =
        new LocationProof(
            transcript,
            proof.landmarkSignature(),
            new SiteKey(other.site.getPublic()),
            other.countersign(transcript.countersigned(proof.landmarkSignature())));
    LocationProof ofAnother =
        new LocationProof(
            transcript,
            proof.landmarkSignature(),
            proof.siteKey(),
            WORLD.countersign(transcript.countersigned("AAAA")));

    for (LocationProof forged : List.of(byAnother, ofAnother)) {
      assertThat(LocationEntry.of(World.SITE, World.OSAKA, forged, WORLD.trusted()).reason())
          .isEqualTo("site-signature");
    }
  }

  @Test
  void aProofOfAnotherSiteProvesNothing() {
    assertThat(LocationEntry.of("other", World.OSAKA, ENTRY.proof(), WORLD.trusted()).reason())
        .isEqualTo("other-site");
  }

  @Test
  void nineteenRoundsProveNothing() {
    Transcript few =
        WORLD.transcript(
            WORLD.first,
            World.NOON,
            LongStream.range(0, 19).mapToObj(i -> new RoundTrip(1_000_000 + i)).toList());

    assertThat(
            LocationEntry.of(
                    World.SITE, World.OSAKA, WORLD.signed(WORLD.first, few), WORLD.trusted())
                .reason())
        .isEqualTo("too-few-rounds");
  }

  @Test
  void aReaderDoesNotBelieveTheWrittenVerdict() {
    LocationEntry slow = WORLD.entry(WORLD.first, World.NOON, 4);
    LocationEntry embellished =
        new LocationEntry(slow.site(), slow.declared(), slow.proof(), "PROVED", "");

    assertThat(embellished.judge(WORLD.trusted()))
        .isEqualTo(new Verdict.Unproved(Doubt.REACHES_FOREIGN_LAND));
  }

  @Test
  void aStatementIsItsLandmarksAndNobodyElses() {
    assertThat(STATEMENT.isBy(WORLD.first.signer.key())).isTrue();
    assertThat(STATEMENT.isBy(WORLD.second.signer.key())).isFalse();
    String moved = STATEMENT.json().canonicalText().replace("34.694", "35.694");
    assertThat(LandmarkStatement.Signed.of(read(moved)).orThrow().isBy(WORLD.first.signer.key()))
        .isFalse();
  }

  @Test
  void agreesOnNoPointOutsideTheCurve() {
    byte[] key = WORLD.site.getPublic().getEncoded();
    byte[] off = key.clone();
    off[off.length - 1] ^= 1;

    assertThat(P256.publicKey(key)).isInstanceOf(Reading.Read.class);
    assertThat(P256.publicKey(off)).isInstanceOf(Reading.Unreadable.class);
    assertThat(P256.publicKey(new byte[91])).isInstanceOf(Reading.Unreadable.class);
  }

  @Test
  void trustsTheLandmarksOfAFile() {
    String file = "# ours\n\n" + WORLD.first.trusted().line() + WORLD.second.trusted().line();

    assertThat(Landmarks.parse(file)).isEqualTo(new Reading.Read<>(WORLD.trusted()));
    assertThat(Landmarks.parse(WORLD.trusted().file()))
        .isEqualTo(new Reading.Read<>(WORLD.trusted()));
    assertThat(Landmarks.parse(file + WORLD.first.trusted().line()))
        .isInstanceOf(Reading.Unreadable.class);
  }

  static Stream<String> texts() {
    return Stream.of(
        ENTRY.json().canonicalText(),
        STATEMENT.json().canonicalText(),
        transcriptText(),
        WORLD.first.trusted().line(),
        "{\"v\":1}");
  }

  @MethodSource("texts")
  @FuzzTest
  void whatIsReadIsWrittenBackTheSame(@NotNull String text) {
    if (!(Json.read(text.getBytes(StandardCharsets.UTF_8))
        instanceof Reading.Read<Json>(Json json))) {
      return;
    }
    if (LocationEntry.of(json) instanceof Reading.Read<LocationEntry>(LocationEntry entry)) {
      assertThat(LocationEntry.of(entry.json())).isEqualTo(new Reading.Read<>(entry));
      assertThat(entry.judge(WORLD.trusted()).word()).isNotEmpty();
    }
    if (Transcript.of(json) instanceof Reading.Read<Transcript>(Transcript transcript)) {
      assertThat(transcript.json()).isEqualTo(json);
    }
    if (LandmarkStatement.Signed.of(json)
        instanceof Reading.Read<LandmarkStatement.Signed>(LandmarkStatement.Signed signed)) {
      assertThat(signed.json()).isEqualTo(json);
    }
    if (MeasurementRequest.Signed.of(json)
        instanceof Reading.Read<MeasurementRequest.Signed>(MeasurementRequest.Signed signed)) {
      assertThat(signed.json()).isEqualTo(json);
    }
    assertThat(MeasuredAnswer.of(json)).isNotNull();
  }

  @MethodSource("texts")
  @FuzzTest
  void trustFilesEitherReadOrSayWhyNot(@NotNull String text) {
    switch (Landmarks.parse(text)) {
      case Reading.Read<Landmarks>(Landmarks landmarks) -> assertThat(landmarks.all()).isNotNull();
      case Reading.Unreadable<Landmarks>(String reason) -> assertThat(reason).isNotEmpty();
    }
  }

  @FuzzTest
  void datagramsAreQuestionsOrNothing(byte @NotNull [] bytes) {
    if (Datagrams.is(Datagrams.QUESTION, bytes, bytes.length)) {
      assertThat(bytes).hasSize(60);
      byte[] same =
          Datagrams.of(Datagrams.QUESTION, Datagrams.measurement(bytes), Datagrams.sequence(bytes));
      assertThat(bytes).startsWith(Arrays.copyOf(same, Datagrams.TAIL));
    }
  }

  private static String transcriptText() {
    return ENTRY.proof().transcript().json().canonicalText();
  }

  private static Json read(String text) {
    return Json.read(text.getBytes(StandardCharsets.UTF_8)).orThrow();
  }
}
