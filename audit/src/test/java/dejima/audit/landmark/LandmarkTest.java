package dejima.audit.landmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dejima.evidence.EcdsaP256;
import dejima.evidence.Json;
import dejima.evidence.Reading;
import dejima.evidence.Signer;
import dejima.evidence.StrictBase64;
import dejima.location.Challenger;
import dejima.location.LandmarkStatement;
import dejima.location.LegalPerson;
import dejima.location.MeasuredAnswer;
import dejima.location.MeasurementId;
import dejima.location.MeasurementRequest;
import dejima.location.P256;
import dejima.location.Place;
import dejima.location.Responder;
import dejima.location.SessionKey;
import dejima.location.SiteKey;
import dejima.location.TlsBinding;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A landmark over real sockets: whom it measures for, and whom it refuses.
class LandmarkTest {
  private static final String ID = "osaka-1.landmark.example";
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final TlsBinding TLS = new TlsBinding(StrictBase64.text(new byte[32]));
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-21T03:00:00Z"));

  private final KeyPair gateway = P256.keyPair(RANDOM);
  private final KeyPair site = P256.keyPair(RANDOM);

  @TempDir private Path folder = Path.of("unset");

  @Test
  void measuresForAGatewayThatItKnows() throws Exception {
    try (World world = new World()) {
      MeasurementRequest request = world.request(r -> r);
      HttpResponse<String> answer = world.post(signed(request, gateway).canonicalText());

      assertThat(answer.statusCode()).isEqualTo(200);
      MeasuredAnswer measured = MeasuredAnswer.of(read(answer.body())).orThrow();
      assertThat(measured.fault(request, world.signer.key())).isEmpty();
      assertThat(measured.transcript().roundTrips()).hasSize(24);
    }
  }

  @Test
  void statesItselfUnderItsKey() throws Exception {
    try (World world = new World()) {
      LandmarkStatement.Signed stated =
          LandmarkStatement.Signed.of(read(world.get("/dejima/v1/landmark").body())).orThrow();

      assertThat(stated.isBy(world.signer.key())).isTrue();
      assertThat(stated.statement().person().name()).isEqualTo("Example K.K.");
    }
  }

  @Test
  void refusesStrangersAndForgeries() throws Exception {
    KeyPair stranger = P256.keyPair(RANDOM);
    try (World world = new World()) {
      String good = signed(world.request(r -> r), gateway).canonicalText();

      assertThat(world.post(signed(world.request(r -> r), stranger).canonicalText()))
          .satisfies(a -> says(a, 403, "does not know the gateway"));
      assertThat(world.post(good.replace("\"site\":\"sakura\"", "\"site\":\"azure\"")))
          .satisfies(a -> says(a, 403, "signature"));
      assertThat(world.post("{}")).satisfies(a -> says(a, 400, "members"));
      assertThat(world.post("x".repeat(20_000))).satisfies(a -> says(a, 413, "16 KiB"));
      assertThat(world.get("/")).satisfies(a -> says(a, 404, "a landmark knows"));
    }
  }

  @Test
  void refusesWhatIsOldOrForAnotherOrRepeated() throws Exception {
    try (World world = new World()) {
      MeasurementRequest once = world.request(r -> r);

      assertThat(world.post(signed(once, gateway).canonicalText()).statusCode()).isEqualTo(200);
      assertThat(world.post(signed(once, gateway).canonicalText()))
          .satisfies(a -> says(a, 409, "before"));
      assertThat(world.post(signed(world.request(r -> aged(r, 121)), gateway).canonicalText()))
          .satisfies(a -> says(a, 409, "two minutes"));
      assertThat(world.post(signed(world.request(r -> aged(r, -121)), gateway).canonicalText()))
          .satisfies(a -> says(a, 409, "two minutes"));
      assertThat(world.post(signed(world.request(LandmarkTest::other), gateway).canonicalText()))
          .satisfies(a -> says(a, 409, "osaka-2"));
    }
  }

  @Test
  void saysWhenTheSiteIsSilent() throws Exception {
    try (World world = new World()) {
      world.responder.close();

      assertThat(world.post(signed(world.request(r -> r), gateway).canonicalText()))
          .satisfies(a -> says(a, 502, "location port"));
    }
  }

  @Test
  void letsNoGatewayAskTooOften() {
    RequestBook book = new RequestBook(CLOCK, Duration.ofMinutes(4));
    for (int i = 0; i < RequestBook.MOST_IN_A_MINUTE; i++) {
      assertThat(book.enter("sha256/a", MeasurementId.fresh(RANDOM))).isEmpty();
    }

    assertThat(book.enter("sha256/a", MeasurementId.fresh(RANDOM)))
        .hasValueSatisfying(why -> assertThat(why.status()).isEqualTo(429));
    assertThat(book.enter("sha256/b", MeasurementId.fresh(RANDOM))).isEmpty();
  }

  @Test
  void keepsItsKeysForItselfAndTellsWhenOthersMayRead() throws Exception {
    LandmarkFolder kept = new LandmarkFolder(folder);
    Signer made = kept.createKeys(ID, RANDOM);

    assertThat(kept.signer().key()).isEqualTo(made.key());
    assertThat(kept.agreement().getPublic()).isEqualTo(kept.agreement().getPublic());
    assertThatThrownBy(() -> kept.createKeys(ID, RANDOM)).hasMessageContaining("exists already");
    for (String file : List.of("landmark.key", "agreement.key")) {
      Path key = folder.resolve(file);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
          .isEqualTo("rw-------");
      Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
    }
    assertThatThrownBy(kept::signer).hasMessageContaining("chmod 600");
    assertThatThrownBy(kept::agreement).hasMessageContaining("chmod 600");
  }

  @Test
  void noticesKeysThatDoNotBelongTogether() throws Exception {
    LandmarkFolder kept = new LandmarkFolder(folder);
    kept.createKeys(ID, RANDOM);
    Path file = folder.resolve("agreement.key");
    String[] lines = Files.readString(file).split("\n", -1);
    Files.writeString(
        file, lines[0] + "\n" + StrictBase64.text(site.getPublic().getEncoded()) + "\n");

    assertThatThrownBy(kept::agreement).hasMessageContaining("different keys");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "person=",
        "latitude=91",
        "latitude=NaN",
        "longitude=east",
        "listen=9301",
        "listen=h:70000",
        "gateways=sha256/x",
        "gateway=typo"
      })
  void namesMistakesInItsSettings(String line) {
    String sample =
        LandmarkSettings.sample(new LegalPerson("Example K.K."), new Place(34.7, 135.5), List.of());

    assertThatThrownBy(() -> LandmarkSettings.parse(sample + line + "\n", "landmark.properties"))
        .isInstanceOf(LandmarkUnusable.class)
        .hasMessageContaining(line.substring(0, line.indexOf('=')));
  }

  @FuzzTest
  void settingsEitherReadOrSayWhyNot(@NotNull String text) {
    try {
      assertThat(LandmarkSettings.parse(text, "f").port()).isBetween(0, 65_535);
    } catch (LandmarkUnusable mistakes) {
      assertThat(mistakes.getMessage()).startsWith("f:");
    }
  }

  private static void says(HttpResponse<String> answer, int status, String words) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains(words);
  }

  private static MeasurementRequest aged(MeasurementRequest r, int seconds) {
    return new MeasurementRequest(
        r.landmark(),
        r.measurement(),
        r.site(),
        r.siteKey(),
        r.host(),
        r.port(),
        r.tls(),
        r.issued() - 1_000L * seconds);
  }

  private static MeasurementRequest other(MeasurementRequest r) {
    return new MeasurementRequest(
        "osaka-2.landmark.example",
        r.measurement(),
        r.site(),
        r.siteKey(),
        r.host(),
        r.port(),
        r.tls(),
        r.issued());
  }

  private static Json.Obj signed(MeasurementRequest request, KeyPair by) {
    return new MeasurementRequest.Signed(
            request, new SiteKey(by.getPublic()), signature(by, request.signedBytes()))
        .json();
  }

  private static String signature(KeyPair by, byte[] text) {
    return StrictBase64.text(EcdsaP256.sign(by.getPrivate(), text));
  }

  private static Json read(String text) {
    return switch (Json.read(text.getBytes(StandardCharsets.UTF_8))) {
      case Reading.Read<Json>(Json json) -> json;
      case Reading.Unreadable<Json>(String reason) -> throw new AssertionError(reason);
    };
  }

  /// A landmark that listens, and a site that answers it.
  private final class World implements AutoCloseable {
    private final InetSocketAddress any =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private final LandmarkFolder kept = new LandmarkFolder(folder);
    private final Signer signer = kept.createKeys(ID, RANDOM);
    private final Responder responder = Responder.at(any, System::nanoTime);
    private final HttpClient client = HttpClient.newHttpClient();
    private final LandmarkServer server =
        LandmarkServer.at(
            any,
            new MeasuringDesk(
                new LandmarkSettings(
                    new LegalPerson("Example K.K."),
                    new Place(34.7, 135.5),
                    "127.0.0.1",
                    0,
                    Set.of(new SiteKey(gateway.getPublic()).pin())),
                signer,
                kept.agreement(),
                new Challenger(
                    new Challenger.Settings(24, Duration.ofMillis(100), 3, 64),
                    RANDOM,
                    System::nanoTime),
                CLOCK));

    /// A request that the site knows of.
    MeasurementRequest request(UnaryOperator<MeasurementRequest> changed) {
      MeasurementId id = MeasurementId.fresh(RANDOM);
      byte[] shared = P256.agree(site.getPrivate(), kept.agreement().getPublic());
      responder.open(id, SessionKey.derive(shared, TLS, ID, "sakura", id));
      return changed.apply(
          new MeasurementRequest(
              ID,
              id,
              "sakura",
              new SiteKey(site.getPublic()),
              "127.0.0.1",
              Math.max(1, responder.port()),
              TLS,
              CLOCK.millis()));
    }

    HttpResponse<String> post(String body) throws IOException, InterruptedException {
      return client.send(
          HttpRequest.newBuilder(uri(LandmarkServer.MEASURE))
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
      return client.send(
          HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
      return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    @Override
    public void close() {
      client.close();
      server.close();
      responder.close();
    }
  }
}
