package dejima.server.location;

import dejima.agent.TlsIdentity;
import dejima.evidence.Json;
import dejima.evidence.Reading;
import dejima.evidence.StrictBase64;
import dejima.location.LandmarkStatement;
import dejima.location.Landmarks;
import dejima.location.LocationEntry;
import dejima.location.LocationProof;
import dejima.location.MeasuredAnswer;
import dejima.location.MeasurementId;
import dejima.location.MeasurementRequest;
import dejima.location.Place;
import dejima.location.SiteKey;
import dejima.location.TlsBinding;
import dejima.server.config.LocationSettings.SiteLocation;
import dejima.server.http.SiteConnection;
import dejima.server.http.SiteLines;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;

/// One measurement of one site by one landmark, from opening it to the site's countersignature.
final class SiteMeasuring {
  private static final String OPEN = "/dejima/v1/location/open";
  private static final String COUNTERSIGN = "/dejima/v1/location/countersign";

  /// How far a landmark's clock may differ from this machine's.
  private static final Duration CLOCKS = Duration.ofMinutes(1);

  private final SiteLines lines;
  private final TlsIdentity identity;
  private final Landmarks trusted;
  private final InstantSource clock;
  private final InstantSource steady;
  private final RandomGenerator random;

  /// What came of it.
  sealed interface Outcome {
    /// A transcript that both have signed.
    ///
    /// @param entry what to record
    /// @param began before anything was asked, and not after the landmark's clock says, by the
    ///   clock that never jumps
    record Done(LocationEntry entry, Instant began) implements Outcome {}

    /// None.
    ///
    /// @param reason who did not do what
    record Failed(String reason) implements Outcome {}
  }

  SiteMeasuring(
      SiteLines lines,
      TlsIdentity identity,
      Landmarks trusted,
      InstantSource clock,
      InstantSource steady,
      RandomGenerator random) {
    this.lines = lines;
    this.identity = identity;
    this.trusted = trusted;
    this.clock = clock;
    this.steady = steady;
    this.random = random;
  }

  /// Measures; blocks until that is done.
  ///
  /// @param where the site answers landmarks
  /// @param declared the place for which it is judged
  Outcome measure(SiteConnection site, SiteLocation where, Place declared, LandmarkClient landmark)
      throws InterruptedException {
    Instant began = steady.instant();
    return switch (landmark.statement()) {
      case Reading.Unreadable<LandmarkStatement.Signed>(String reason) ->
          new Outcome.Failed("landmark: " + reason);
      case Reading.Read<LandmarkStatement.Signed>(LandmarkStatement.Signed stated) ->
          opened(site, where, declared, landmark, stated, began);
    };
  }

  private Outcome opened(
      SiteConnection site,
      SiteLocation where,
      Place declared,
      LandmarkClient landmark,
      LandmarkStatement.Signed stated,
      Instant began)
      throws InterruptedException {
    MeasurementId id = MeasurementId.fresh(random);
    Json question =
        Json.object().put("measurement", id.text()).put("landmark", stated.json()).build();
    try {
      SiteLines.Said open = lines.post(site, OPEN, question).join();
      return switch (open.tls()) {
        case Reading.Unreadable<TlsBinding>(String reason) -> new Outcome.Failed(reason);
        case Reading.Read<TlsBinding>(TlsBinding tls) ->
            measured(
                site,
                declared,
                landmark,
                new MeasurementRequest(
                    landmark.id(),
                    id,
                    site.state().id(),
                    new SiteKey(open.key()),
                    where.host(),
                    where.port(),
                    tls,
                    clock.millis()),
                began);
      };
    } catch (CompletionException refused) {
      return new Outcome.Failed("site: " + reason(refused));
    }
  }

  private Outcome measured(
      SiteConnection site,
      Place declared,
      LandmarkClient landmark,
      MeasurementRequest request,
      Instant began)
      throws InterruptedException {
    String signature = StrictBase64.text(identity.sign(request.signedBytes()));
    MeasurementRequest.Signed signed =
        new MeasurementRequest.Signed(request, new SiteKey(identity.publicKey()), signature);
    return switch (landmark.measure(signed)) {
      case Reading.Unreadable<MeasuredAnswer>(String reason) ->
          new Outcome.Failed("landmark: " + reason);
      case Reading.Read<MeasuredAnswer>(MeasuredAnswer answer) when isOtherTime(answer) ->
          new Outcome.Failed("landmark: its clock differs by more than a minute from this one");
      case Reading.Read<MeasuredAnswer>(MeasuredAnswer answer) ->
          countersigned(site, declared, request, answer, began);
    };
  }

  private boolean isOtherTime(MeasuredAnswer answer) {
    return age(answer).abs().compareTo(CLOCKS) > 0;
  }

  /// How long ago it began by the landmark's clock, which is what those who verify go by.
  private Duration age(MeasuredAnswer answer) {
    return Duration.between(Instant.ofEpochMilli(answer.transcript().started()), clock.instant());
  }

  /// The earlier of two moments, so that no receipt rests on what a verifier counts as stale.
  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private Outcome countersigned(
      SiteConnection site,
      Place declared,
      MeasurementRequest request,
      MeasuredAnswer answer,
      Instant began) {
    Json said = lines.post(site, COUNTERSIGN, answer.json()).join().body();
    String signature = said instanceof Json.Obj o ? o.string("siteSignature").orElse("") : "";
    try {
      LocationProof proof =
          new LocationProof(answer.transcript(), answer.signature(), request.siteKey(), signature);
      return new Outcome.Done(
          LocationEntry.of(site.state().id(), declared, proof, trusted),
          earlier(began, steady.instant().minus(age(answer))));
    } catch (IllegalArgumentException malformed) {
      return new Outcome.Failed("site: " + malformed.getMessage());
    }
  }

  private static String reason(CompletionException refused) {
    Throwable cause = refused.getCause() == null ? refused : refused.getCause();
    return String.valueOf(cause.getMessage());
  }
}
