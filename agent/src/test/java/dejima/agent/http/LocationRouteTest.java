package dejima.agent.http;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.agent.config.Limits;
import dejima.agent.location.LocationDesk;
import dejima.evidence.Json;
import dejima.evidence.NoteSecret;
import dejima.evidence.Reading;
import dejima.evidence.Signer;
import dejima.location.Challenger;
import dejima.location.LandmarkStatement;
import dejima.location.Landmarks;
import dejima.location.Landmarks.Landmark;
import dejima.location.LegalPerson;
import dejima.location.LocationEntry;
import dejima.location.LocationProof;
import dejima.location.MeasuredAnswer;
import dejima.location.MeasurementId;
import dejima.location.P256;
import dejima.location.Place;
import dejima.location.Responder;
import dejima.location.RoundTrip;
import dejima.location.SessionKey;
import dejima.location.SiteKey;
import dejima.location.TlsBinding;
import dejima.location.Transcript;
import dejima.location.Verdict;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A gateway has a site measured over a real mutual-TLS connection and real UDP.
class LocationRouteTest {
  private static final String ID = "osaka-1.landmark.example";
  private static final LegalPerson PERSON = new LegalPerson("Example K.K.");
  private static final Place OSAKA = new Place(34.694, 135.502);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Signer signer = Signer.ed25519(NoteSecret.generate(ID, RANDOM));
  private final KeyPair agreement = P256.keyPair(RANDOM);
  private final InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private final Responder responder = Responder.at(any, System::nanoTime);

  @TempDir private Path directory;
  private RunningSite site;

  @BeforeEach
  void start() throws Exception {
    site = running(true);
  }

  @AfterEach
  void stop() throws Exception {
    site.stop();
    responder.close();
  }

  private RunningSite running(boolean measured) throws Exception {
    return new RunningSite(
        directory,
        ScriptedEngine.ready((_, _) -> {}),
        Limits.USUAL,
        identity ->
            measured
                ? Optional.of(
                    new LocationDesk(
                        "s1", identity, List.of(signer.key()), responder, System::nanoTime))
                : Optional.empty());
  }

  @Test
  void isMeasuredOnTheKeyAndTheConnectionThatCarryTheTraffic() throws Exception {
    MeasurementId id = MeasurementId.fresh(RANDOM);
    Opened opened = open(id, statement());
    assertThat(opened.status).isEqualTo(200);
    Transcript transcript = transcript(id, opened.tls(), rounds(id, opened.tls()), r -> r);
    String signature = transcript.sign(signer);

    RunningSite.Answer signed = countersign(new MeasuredAnswer(transcript, signature));

    assertThat(signed.response().statusCode()).isEqualTo(200);
    Json.Obj answer = (Json.Obj) Json.read(signed.body().getBytes()).orThrow();
    LocationProof proof =
        new LocationProof(
            transcript,
            signature,
            SiteKey.parse(answer.string("siteKey").orElseThrow()).orThrow(),
            answer.string("siteSignature").orElseThrow());
    Landmarks trusted = new Landmarks(List.of(new Landmark(signer.key(), PERSON, OSAKA)));
    assertThat(LocationEntry.of("s1", OSAKA, proof, trusted).judge(trusted))
        .isInstanceOf(Verdict.Proved.class);
  }

  @Test
  void answersNobodyWhoKnowsOnlyAnotherConnection() throws Exception {
    MeasurementId id = MeasurementId.fresh(RANDOM);
    Opened opened = open(id, statement());
    TlsBinding other = otherConnection();

    assertThat(other).isNotEqualTo(opened.tls());
    assertThat(measure(id, other)).isInstanceOf(Challenger.Measured.Silent.class);
  }

  @Test
  void opensNothingForALandmarkThatItDoesNotTrust() throws Exception {
    Signer stranger = Signer.ed25519(NoteSecret.generate(ID, RANDOM));
    LandmarkStatement.Signed unknown = statement().statement().sign(stranger);

    assertThat(open(MeasurementId.fresh(RANDOM), unknown).body).contains("does not trust");
  }

  @Test
  void signsNothingThatItDidNotAnswer() throws Exception {
    MeasurementId id = MeasurementId.fresh(RANDOM);
    TlsBinding tls = open(id, statement()).tls();
    List<RoundTrip> made = Stream.generate(() -> new RoundTrip(1)).limit(20).toList();

    assertThat(refused(transcript(id, tls, made, r -> r))).contains("more answers");
    assertThat(refused(transcript(id, tls, made, r -> r))).contains("not open here");
  }

  @Test
  void signsNoTranscriptAboutAnotherSiteOrConnectionOrByNobody() throws Exception {
    MeasurementId first = MeasurementId.fresh(RANDOM);
    TlsBinding tls = open(first, statement()).tls();
    assertThat(refused(transcript(first, tls, rounds(first, tls), _ -> "s2"))).contains("another");

    MeasurementId second = MeasurementId.fresh(RANDOM);
    TlsBinding again = open(second, statement()).tls();
    assertThat(refused(transcript(second, otherConnection(), rounds(second, again), s -> s)))
        .contains("another");

    MeasurementId third = MeasurementId.fresh(RANDOM);
    TlsBinding last = open(third, statement()).tls();
    Transcript unsigned = transcript(third, last, rounds(third, last), s -> s);
    assertThat(text(countersign(new MeasuredAnswer(unsigned, "AAAA")))).contains("signature");
  }

  @Test
  void saysThatItIsNotMeasured() throws Exception {
    site.stop();
    site = running(false);

    assertThat(open(MeasurementId.fresh(RANDOM), statement()).body).contains("no location section");
  }

  @Test
  void refusesWhatIsNoQuestion() throws Exception {
    for (String body : List.of("", "[]", "{}", "{\"measurement\":1,\"landmark\":2}")) {
      assertThat(post(LocationRoute.OPEN, body).response().statusCode()).isEqualTo(409);
      assertThat(post(LocationRoute.COUNTERSIGN, body).response().statusCode()).isEqualTo(409);
    }
    assertThat(text(post(LocationRoute.OPEN, " ".repeat(20_000)))).contains("16 KiB");
  }

  /// An agent that refuses may have closed the connection before its binding is asked for.
  private record Opened(int status, String body, Reading<TlsBinding> binding) {
    TlsBinding tls() {
      return binding.orThrow();
    }
  }

  private Opened open(MeasurementId id, LandmarkStatement.Signed landmark) throws Exception {
    String body =
        Json.object()
            .put("measurement", id.text())
            .put("landmark", landmark.json())
            .build()
            .canonicalText();
    RunningSite.Answer answer = post(LocationRoute.OPEN, body);
    Reading<TlsBinding> binding =
        TlsBinding.of(answer.response().request().connection().sslSession());
    return new Opened(answer.response().statusCode(), text(answer), binding);
  }

  private TlsBinding otherConnection() throws Exception {
    return RunningSite.await(
        site.client()
            .request(site.at(HttpMethod.GET, "/dejima/v1/status"))
            .compose(first ->
                site.client()
                    .request(site.at(HttpMethod.GET, "/dejima/v1/status"))
                    .compose(second ->
                        second
                            .send()
                            .compose(_ -> first.send())
                            .map(_ -> TlsBinding.of(second.connection().sslSession()).orThrow()))));
  }

  private List<RoundTrip> rounds(MeasurementId id, TlsBinding tls) throws Exception {
    return ((Challenger.Measured.Answered) measure(id, tls)).roundTrips();
  }

  private Challenger.Measured measure(MeasurementId id, TlsBinding tls) throws Exception {
    byte[] shared = P256.agree(agreement.getPrivate(), site.identity().publicKey());
    return new Challenger(
            new Challenger.Settings(24, Duration.ofMillis(100), 3, 64), RANDOM, System::nanoTime)
        .measure(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), responder.port()),
            id,
            SessionKey.derive(shared, tls, ID, "s1", id));
  }

  private Transcript transcript(
      MeasurementId id, TlsBinding tls, List<RoundTrip> rounds, UnaryOperator<String> renamed) {
    return new Transcript(
        id,
        ID,
        PERSON,
        OSAKA,
        renamed.apply("s1"),
        site.identity().pin().text(),
        tls,
        1,
        0,
        0,
        rounds);
  }

  private LandmarkStatement.Signed statement() {
    return new LandmarkStatement(ID, PERSON, OSAKA, agreement.getPublic(), 1).sign(signer);
  }

  private String refused(Transcript transcript) throws Exception {
    RunningSite.Answer answer =
        countersign(new MeasuredAnswer(transcript, transcript.sign(signer)));
    assertThat(answer.response().statusCode()).isEqualTo(409);
    return text(answer);
  }

  private RunningSite.Answer countersign(MeasuredAnswer measured) throws Exception {
    return post(LocationRoute.COUNTERSIGN, measured.json().canonicalText());
  }

  private RunningSite.Answer post(String path, String body) throws Exception {
    return site.answer(
        site.client()
            .request(site.at(HttpMethod.POST, path))
            .compose(request -> RunningSite.waiting(request).send(Buffer.buffer(body))));
  }

  private static String text(RunningSite.Answer answer) {
    return answer.body().toString();
  }
}
