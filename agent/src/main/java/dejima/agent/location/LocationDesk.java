package dejima.agent.location;

import dejima.agent.TlsIdentity;
import dejima.evidence.Json;
import dejima.evidence.NoteKey;
import dejima.evidence.Reading;
import dejima.evidence.StrictBase64;
import dejima.location.LandmarkStatement;
import dejima.location.LocationProof;
import dejima.location.MeasuredAnswer;
import dejima.location.MeasurementId;
import dejima.location.Responder;
import dejima.location.SessionKey;
import dejima.location.SiteKey;
import dejima.location.TlsBinding;
import dejima.location.Transcript;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// Opens measurements for landmarks that the operator trusts, and signs what they measured.
public final class LocationDesk {
  /// A landmark has measured and the gateway has come back by then.
  private static final Duration COUNTS = Responder.OPEN.multipliedBy(2);

  private final String site;
  private final TlsIdentity identity;
  private final List<NoteKey> landmarks;
  private final Responder responder;
  private final LongSupplier nanoTime;
  private final Map<MeasurementId, Opened> opened = new ConcurrentHashMap<>();

  private record Opened(String landmark, TlsBinding tls, long since) {}

  /// What came of a question.
  public sealed interface Outcome {
    /// It was done.
    ///
    /// @param answer for the gateway
    record Done(Json.Obj answer) implements Outcome {}

    /// It was not.
    ///
    /// @param reason what is wrong and what to do
    record Refused(String reason) implements Outcome {}
  }

  /// @param site the site's id
  /// @param identity the site's key
  /// @param landmarks the keys of the landmarks that may measure this site
  /// @param responder answers their questions
  /// @param nanoTime a monotonic clock
  public LocationDesk(
      String site,
      TlsIdentity identity,
      List<NoteKey> landmarks,
      Responder responder,
      LongSupplier nanoTime) {
    this.site = site;
    this.identity = identity;
    this.landmarks = List.copyOf(landmarks);
    this.responder = responder;
    this.nanoTime = nanoTime;
  }

  /// Opens a measurement for the connection that the question came on.
  ///
  /// @param question `{measurement, landmark}`, the latter being a signed landmark statement
  public Outcome open(Json question, TlsBinding tls) {
    if (!(question instanceof Json.Obj o) || o.members().size() != 2) {
      return new Outcome.Refused("measurement and landmark are expected, and nothing else");
    }
    Reading<LandmarkStatement.Signed> stated =
        o.get("landmark")
            .map(LandmarkStatement.Signed::of)
            .orElse(new Reading.Unreadable<>("landmark is missing"));
    return switch (stated) {
      case Reading.Unreadable<LandmarkStatement.Signed>(String reason) ->
          new Outcome.Refused(reason);
      case Reading.Read<LandmarkStatement.Signed>(LandmarkStatement.Signed signed) ->
          open(o.string("measurement").orElse(""), signed, tls);
    };
  }

  private Outcome open(String id, LandmarkStatement.Signed signed, TlsBinding tls) {
    LandmarkStatement landmark = signed.statement();
    if (landmarks.stream().noneMatch(signed::isBy)) {
      return new Outcome.Refused(
          "this site does not trust the landmark "
              + landmark.landmark()
              + ": add its key to location.landmarks in agent.yaml");
    }
    try {
      MeasurementId measurement = MeasurementId.parse(id);
      SessionKey key =
          SessionKey.derive(
              identity.agree(landmark.agreement()), tls, landmark.landmark(), site, measurement);
      forgetOld();
      return responder
          .open(measurement, key)
          .<Outcome>map(Outcome.Refused::new)
          .orElseGet(() -> {
            opened.put(measurement, new Opened(landmark.landmark(), tls, nanoTime.getAsLong()));
            return new Outcome.Done(Json.object().put("v", 1).build());
          });
    } catch (IllegalArgumentException malformed) {
      return new Outcome.Refused(String.valueOf(malformed.getMessage()));
    }
  }

  private void forgetOld() {
    long now = nanoTime.getAsLong();
    opened.values().removeIf(one -> now - one.since > COUNTS.toNanos());
  }

  /// Signs a transcript that a trusted landmark has signed, of a measurement that was opened here
  /// and answered at least as often as it says.
  ///
  /// @param measured `{transcript, landmarkSignature}`
  public Outcome countersign(Json measured) {
    return switch (MeasuredAnswer.of(measured)) {
      case Reading.Unreadable<MeasuredAnswer>(String reason) -> new Outcome.Refused(reason);
      case Reading.Read<MeasuredAnswer>(MeasuredAnswer answer) ->
          fault(answer)
              .<Outcome>map(Outcome.Refused::new)
              .orElseGet(() -> new Outcome.Done(signed(answer)));
    };
  }

  private Optional<String> fault(MeasuredAnswer answer) {
    Transcript transcript = answer.transcript();
    Optional<Opened> known = Optional.ofNullable(opened.remove(transcript.measurement()));
    Optional<Integer> answered = responder.close(transcript.measurement());
    if (known.isEmpty() || answered.isEmpty()) {
      return Optional.of("this measurement is not open here");
    }
    Opened open = known.get();
    boolean ours =
        transcript.site().equals(site)
            && transcript.pin().equals(identity.pin().text())
            && transcript.landmark().equals(open.landmark)
            && transcript.tls().equals(open.tls);
    if (!ours) {
      return Optional.of("the transcript is about another site, landmark or connection");
    }
    if (transcript.roundTrips().size() > answered.get()) {
      return Optional.of("the transcript holds more answers than this site gave");
    }
    return landmarks.stream()
            .anyMatch(key -> LocationProof.isSigned(transcript, answer.signature(), key))
        ? Optional.empty()
        : Optional.of("the landmark's signature does not hold");
  }

  private Json.Obj signed(MeasuredAnswer answer) {
    byte[] signature = identity.sign(answer.transcript().countersigned(answer.signature()));
    return Json.object()
        .put("siteKey", new SiteKey(identity.publicKey()).text())
        .put("siteSignature", StrictBase64.text(signature))
        .build();
  }
}
