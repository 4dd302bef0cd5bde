package dejima.server.location;

import dejima.evidence.Json;
import dejima.evidence.NoteKey;
import dejima.evidence.Reading;
import dejima.location.LandmarkStatement;
import dejima.location.Landmarks.Landmark;
import dejima.location.MeasuredAnswer;
import dejima.location.MeasurementRequest;
import dejima.server.config.LocationSettings.AskedLandmark;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// Talks to one landmark. Everything that it says is signed, and only that is believed.
final class LandmarkClient {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int LONGEST = 16 << 10;
  private static final int OK = 200;

  private final AskedLandmark asked;
  private final HttpClient http;

  LandmarkClient(AskedLandmark asked, HttpClient http) {
    this.asked = asked;
    this.http = http;
  }

  Landmark landmark() {
    return asked.landmark();
  }

  String id() {
    return asked.landmark().key().name();
  }

  /// What the landmark states of itself, under its key.
  Reading<LandmarkStatement.Signed> statement() throws InterruptedException {
    NoteKey key = asked.landmark().key();
    return ask(HttpRequest.newBuilder(at("/dejima/v1/landmark")).GET())
        .then(LandmarkStatement.Signed::of)
        .then(signed ->
            signed.isBy(key)
                ? new Reading.Read<>(signed)
                : new Reading.Unreadable<>("its statement is not signed with its key"));
  }

  /// Has it measure.
  Reading<MeasuredAnswer> measure(MeasurementRequest.Signed request) throws InterruptedException {
    HttpRequest.Builder post =
        HttpRequest.newBuilder(at("/dejima/v1/measure"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(request.json().canonicalBytes()));
    return ask(post)
        .then(MeasuredAnswer::of)
        .then(answer ->
            answer
                .fault(request.request(), asked.landmark().key())
                .<Reading<MeasuredAnswer>>map(Reading.Unreadable::new)
                .orElseGet(() -> new Reading.Read<>(answer)));
  }

  private URI at(String path) {
    String base = asked.url().toString();
    return URI.create(
        base.endsWith("/") ? base.substring(0, base.length() - 1) + path : base + path);
  }

  private Reading<Json> ask(HttpRequest.Builder request) throws InterruptedException {
    try {
      HttpResponse<InputStream> response =
          http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream in = response.body()) {
        byte[] body = in.readNBytes(LONGEST + 1);
        return body.length > LONGEST
            ? new Reading.Unreadable<>("its answer is longer than 16 KiB")
            : read(response.statusCode(), body);
      }
    } catch (IOException unreachable) {
      String why = unreachable.getMessage();
      return new Reading.Unreadable<>(
          "it does not answer" + (why == null || why.isBlank() ? "" : ": " + why));
    }
  }

  private static Reading<Json> read(int status, byte[] body) {
    Reading<Json> read = Json.read(body);
    if (status == OK) {
      return read;
    }
    String detail =
        read instanceof Reading.Read<Json>(Json.Obj problem)
            ? problem.string("detail").orElse("no reason")
            : "no reason";
    return new Reading.Unreadable<>("it refuses with status " + status + ": " + detail);
  }
}
