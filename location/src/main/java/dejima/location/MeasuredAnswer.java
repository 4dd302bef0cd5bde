package dejima.location;

import dejima.evidence.Json;
import dejima.evidence.NoteKey;
import dejima.evidence.Reading;
import java.util.Optional;

/// What a landmark gives a gateway: the transcript with its signature.
///
/// @param transcript what was measured
/// @param signature base64 of Ed25519
public record MeasuredAnswer(Transcript transcript, String signature) {
  private static final int MEMBERS = 2;

  /// `{transcript, landmarkSignature}`.
  public Json.Obj json() {
    return Json.object()
        .put("transcript", transcript.json())
        .put("landmarkSignature", signature)
        .build();
  }

  /// Reads what [#json] writes; nothing is verified yet.
  public static Reading<MeasuredAnswer> of(Json json) {
    return Fields.reading(
        "the landmark's answer",
        json,
        MEMBERS,
        fields ->
            new MeasuredAnswer(
                Transcript.of(fields.object("transcript")).orThrow(),
                fields.text("landmarkSignature")));
  }

  /// Why this does not answer the request, if it does not.
  public Optional<String> fault(MeasurementRequest request, NoteKey landmark) {
    return LocationProof.isSigned(transcript, signature, landmark)
        ? transcript.differsFrom(request)
        : Optional.of("its signature does not hold");
  }
}
