package dejima.acceptance.site;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dejima.evidence.Json;
import dejima.evidence.NoteSecret;
import dejima.evidence.Signer;
import dejima.evidence.StrictBase64;
import dejima.location.Challenger;
import dejima.location.LandmarkStatement;
import dejima.location.LegalPerson;
import dejima.location.MeasuredAnswer;
import dejima.location.MeasurementRequest;
import dejima.location.P256;
import dejima.location.Place;
import dejima.location.RoundTrip;
import dejima.location.SessionKey;
import dejima.location.Transcript;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.concurrent.Executors;

/// A landmark that a gateway trusts, and that says whatever a test wants under its own key. It asks
/// the site truly each time, since a site signs no more answers than it gave.
public final class PliantLandmark implements AutoCloseable {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String LABEL = "dejima.location/transcript/v1\n";

  private final Signer signer;
  private final KeyPair agreement;
  private final LegalPerson person;
  private final Place place;
  private final HttpServer server;
  private volatile Says says = Says.TRUTH;

  /// What it makes of a true transcript.
  public interface Says {
    /// The truth.
    Says TRUTH = (landmark, truth) -> landmark.signed(truth);

    /// Its answer to the gateway; no answer if it is empty.
    String answer(PliantLandmark landmark, Transcript truth);
  }

  /// Starts one.
  public PliantLandmark(String id, String person, Place place) throws IOException {
    this.signer = Signer.ed25519(NoteSecret.generate(id, RANDOM));
    this.person = new LegalPerson(person);
    this.place = place;
    this.agreement = p256();
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/dejima/v1/landmark", exchange -> say(exchange, statement()));
    server.createContext("/dejima/v1/measure", this::measure);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  private static KeyPair p256() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }

  /// From now on it says this.
  public void says(Says what) {
    says = what;
  }

  /// Its id.
  public String id() {
    return signer.keyName();
  }

  /// Its note key.
  public String key() {
    return signer.key().text();
  }

  /// The key from which session keys come.
  public PublicKey agreement() {
    return agreement.getPublic();
  }

  /// Its item below `landmarks:` in dejima.yaml.
  public String yaml() {
    return """
      - id: %s
        url: http://127.0.0.1:%d
        key: %s
        legalPerson: %s
        latitude: %s
        longitude: %s
    """
        .formatted(
            id(),
            server.getAddress().getPort(),
            key(),
            person.name(),
            place.latitude(),
            place.longitude());
  }

  /// A transcript under its signature.
  public String signed(Transcript transcript) {
    return new MeasuredAnswer(transcript, transcript.sign(signer)).json().canonicalText();
  }

  /// Any text in the place of a transcript, under its signature.
  public String signedText(String transcript) {
    byte[] text = (LABEL + transcript + "\n").getBytes(StandardCharsets.UTF_8);
    return "{\"landmarkSignature\":\"%s\",\"transcript\":%s}"
        .formatted(StrictBase64.text(signer.sign(text)), transcript);
  }

  /// A true transcript with other times, place and person.
  public static Transcript changed(
      Transcript truth, long nanos, Place place, String person, long started) {
    List<RoundTrip> trips =
        truth.roundTrips().stream().map(one -> nanos == 0 ? one : new RoundTrip(nanos)).toList();
    return new Transcript(
        truth.measurement(),
        truth.landmark(),
        new LegalPerson(person),
        place,
        truth.site(),
        truth.pin(),
        truth.tls(),
        started,
        truth.lost(),
        truth.refused(),
        trips);
  }

  private String statement() {
    return new LandmarkStatement(
            id(), person, place, agreement.getPublic(), System.currentTimeMillis())
        .sign(signer)
        .json()
        .canonicalText();
  }

  private void measure(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    MeasurementRequest request =
        Json.read(body).then(MeasurementRequest.Signed::of).orThrow().request();
    SessionKey key =
        SessionKey.derive(
            P256.agree(agreement.getPrivate(), request.siteKey().key()),
            request.tls(),
            request.landmark(),
            request.site(),
            request.measurement());
    long started = System.currentTimeMillis();
    Challenger challenger = new Challenger(Challenger.Settings.USUAL, RANDOM, System::nanoTime);
    String answer =
        switch (challenger.measure(
            new InetSocketAddress(request.host(), request.port()), request.measurement(), key)) {
          case Challenger.Measured.Answered measured ->
              says.answer(
                  this,
                  new Transcript(
                      request.measurement(),
                      id(),
                      person,
                      place,
                      request.site(),
                      request.siteKey().pin(),
                      request.tls(),
                      started,
                      measured.lost(),
                      measured.refused(),
                      measured.roundTrips()));
          case Challenger.Measured.Silent _ -> "";
        };
    say(exchange, answer);
  }

  private static void say(HttpExchange exchange, String answer) throws IOException {
    byte[] bytes = answer.isEmpty() ? "{}".getBytes(StandardCharsets.UTF_8) : utf8(answer);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(answer.isEmpty() ? 502 : 200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
