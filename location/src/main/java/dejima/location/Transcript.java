package dejima.location;

import dejima.evidence.Json;
import dejima.evidence.Reading;
import dejima.evidence.Signer;
import dejima.evidence.StrictBase64;
import java.util.List;
import java.util.Optional;

/// What a landmark measured, whole: every round trip as it was.
///
/// @param measurement its name
/// @param landmark the landmark's id
/// @param person who answers for the landmark
/// @param place where the landmark stands
/// @param site the site's id
/// @param pin the site's key, `sha256/…`
/// @param tls the connection that the answers were bound to
/// @param started by the landmark's wall clock, epoch milliseconds; no duration comes from it
/// @param lost questions that were not answered in time
/// @param refused datagrams that were no answer to the open question
/// @param roundTrips of the questions that were answered, in order
public record Transcript(
    MeasurementId measurement,
    String landmark,
    LegalPerson person,
    Place place,
    String site,
    String pin,
    TlsBinding tls,
    long started,
    long lost,
    long refused,
    List<RoundTrip> roundTrips) {
  /// As few answers as can prove anything.
  public static final int LEAST_ROUNDS = 20;

  /// As many questions as one measurement may ask.
  public static final int MOST_ROUNDS = 128;

  private static final int MEMBERS = 13;

  /// Checks everything that has a form.
  public Transcript {
    Fields.name(landmark);
    Fields.name(site);
    if (!SiteKey.isPin(pin) || started < 0 || lost < 0 || refused < 0) {
      throw new IllegalArgumentException("the pin has no pin's form, or a number is negative");
    }
    if (roundTrips.isEmpty() || roundTrips.size() + lost > MOST_ROUNDS) {
      throw new IllegalArgumentException("a measurement has 1 to 128 rounds");
    }
    roundTrips = List.copyOf(roundTrips);
  }

  /// The shortest of all; the only one that says where the site is.
  public RoundTrip shortest() {
    return roundTrips.stream().min(RoundTrip::compareTo).orElseThrow();
  }

  /// The canonical form.
  public Json.Obj json() {
    return Json.object()
        .put("v", 1)
        .put("measurement", measurement.text())
        .put("landmark", landmark)
        .put("person", person.name())
        .putAll(place.json())
        .put("site", site)
        .put("pin", pin)
        .put("tls", tls.text())
        .put("started", started)
        .put("lost", lost)
        .put("refused", refused)
        .put("roundTrips", Json.array(roundTrips.stream().map(t -> Json.of(t.nanos())).toList()))
        .build();
  }

  /// Reads what [#json] writes, and nothing that differs from it in any way.
  public static Reading<Transcript> of(Json json) {
    return Fields.reading("the transcript", json, MEMBERS, Transcript::of);
  }

  private static Transcript of(Fields fields) {
    return new Transcript(
        MeasurementId.parse(fields.version1().text("measurement")),
        fields.id("landmark"),
        new LegalPerson(fields.text("person")),
        fields.place(),
        fields.id("site"),
        fields.pin("pin"),
        new TlsBinding(fields.text("tls")),
        fields.whole("started"),
        fields.whole("lost"),
        fields.whole("refused"),
        fields.list("roundTrips", RoundTrip::of));
  }

  /// The landmark's signature, base64.
  public String sign(Signer landmarkSigner) {
    return StrictBase64.text(landmarkSigner.sign(SignedText.transcript(json())));
  }

  /// What the site signs after the landmark has.
  public byte[] countersigned(String landmarkSignature) {
    return SignedText.countersignature(json(), landmarkSignature);
  }

  /// Why this is not the measurement that was asked for, if it is not.
  Optional<String> differsFrom(MeasurementRequest request) {
    boolean same =
        measurement.equals(request.measurement())
            && landmark.equals(request.landmark())
            && site.equals(request.site())
            && pin.equals(request.siteKey().pin())
            && tls.equals(request.tls());
    return same ? Optional.empty() : Optional.of("it is about another measurement");
  }
}
