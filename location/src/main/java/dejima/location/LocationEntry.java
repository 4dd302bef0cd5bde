package dejima.location;

import dejima.evidence.Json;
import dejima.evidence.Reading;
import dejima.location.Landmarks.Landmark;
import java.util.Optional;

/// What a log's entry of kind `location` holds: where the site was said to be, what one landmark
/// measured, and how the gateway judged that. A reader judges again and believes only that.
///
/// @param site the site's id
/// @param declared where it was said to be
/// @param proof the measurement
/// @param verdict the gateway's word
/// @param reason the gateway's reason, empty when proved
public record LocationEntry(
    String site, Place declared, LocationProof proof, String verdict, String reason) {
  /// How far a landmark's stated place may be from the trusted one, in metres: rounding.
  private static final double SAME_PLACE = 10;

  /// What an entry holds besides what the log adds.
  public static LocationEntry of(
      String site, Place declared, LocationProof proof, Landmarks trusted) {
    Verdict verdict = judge(site, declared, proof, trusted);
    return new LocationEntry(site, declared, proof, verdict.word(), verdict.reason());
  }

  /// The facts of the entry.
  public Json.Obj json() {
    return Json.object()
        .put("site", site)
        .put("declared", declared.json())
        .put("proof", proof.json())
        .put("verdict", verdict)
        .put("reason", reason)
        .build();
  }

  /// Reads the facts, whether or not the log has added its own members.
  public static Reading<LocationEntry> of(Json body) {
    if (!(body instanceof Json.Obj o)) {
      return new Reading.Unreadable<>("a location entry is an object");
    }
    Json.Members facts = Json.object();
    for (String name : new String[] {"site", "declared", "proof", "verdict", "reason"}) {
      o.get(name).ifPresent(value -> facts.put(name, value));
    }
    return Fields.reading("a location entry", facts.build(), 5, LocationEntry::of);
  }

  private static LocationEntry of(Fields fields) {
    return new LocationEntry(
        fields.id("site"),
        Place.of(fields.object("declared")).orThrow(),
        LocationProof.of(fields.object("proof")).orThrow(),
        fields.text("verdict"),
        fields.text("reason"));
  }

  /// What this measurement alone says, recomputed from the raw round trips.
  public Verdict judge(Landmarks trusted) {
    return judge(site, declared, proof, trusted);
  }

  private static Verdict judge(
      String site, Place declared, LocationProof proof, Landmarks trusted) {
    Transcript transcript = proof.transcript();
    Optional<Landmark> known = trusted.of(transcript.landmark());
    if (known.isEmpty()) {
      return new Verdict.Unproved(Doubt.UNKNOWN_LANDMARK);
    }
    Landmark landmark = known.get();
    return doubt(site, proof, landmark)
        .<Verdict>map(Verdict.Unproved::new)
        .orElseGet(() -> measured(declared, transcript, landmark));
  }

  private static Optional<Doubt> doubt(String site, LocationProof proof, Landmark landmark) {
    Transcript transcript = proof.transcript();
    if (!LocationProof.isSigned(transcript, proof.landmarkSignature(), landmark.key())) {
      return Optional.of(Doubt.LANDMARK_SIGNATURE);
    }
    if (!transcript.site().equals(site)) {
      return Optional.of(Doubt.OTHER_SITE);
    }
    if (!proof.isCountersigned()) {
      return Optional.of(Doubt.SITE_SIGNATURE);
    }
    if (transcript.place().metresTo(landmark.place()) > SAME_PLACE) {
      return Optional.of(Doubt.LANDMARK_MOVED);
    }
    return transcript.person().isSameAs(landmark.person())
        ? Optional.empty()
        : Optional.of(Doubt.LANDMARK_PERSON);
  }

  /// A contradiction needs one answer: an honest landmark cannot get one faster than light. A proof
  /// needs many, so that the shortest is not a matter of luck.
  private static Verdict measured(Place declared, Transcript transcript, Landmark landmark) {
    Verdict verdict = Geometry.judge(declared, landmark.place(), transcript.shortest());
    boolean few = transcript.roundTrips().size() < Transcript.LEAST_ROUNDS;
    return few && verdict instanceof Verdict.Proved
        ? new Verdict.Unproved(Doubt.TOO_FEW_ROUNDS)
        : verdict;
  }
}
