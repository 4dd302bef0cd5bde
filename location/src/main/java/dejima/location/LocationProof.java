package dejima.location;

import dejima.evidence.Json;
import dejima.evidence.NoteKey;
import dejima.evidence.Reading;
import dejima.evidence.StrictBase64;

/// A transcript with both signatures.
///
/// @param transcript what was measured
/// @param landmarkSignature base64 of Ed25519
/// @param siteKey the site's identity key
/// @param siteSignature base64 of DER, over the transcript and the landmark's signature
public record LocationProof(
    Transcript transcript, String landmarkSignature, SiteKey siteKey, String siteSignature) {
  private static final int MEMBERS = 4;
  private static final int LONGEST_SIGNATURE = 128;

  /// Checks the lengths.
  public LocationProof {
    if (landmarkSignature.length() > LONGEST_SIGNATURE
        || siteSignature.length() > LONGEST_SIGNATURE) {
      throw new IllegalArgumentException("a signature is too long");
    }
  }

  /// `{transcript, landmarkSignature, siteKey, siteSignature}`.
  public Json.Obj json() {
    return Json.object()
        .put("transcript", transcript.json())
        .put("landmarkSignature", landmarkSignature)
        .put("siteKey", siteKey.text())
        .put("siteSignature", siteSignature)
        .build();
  }

  /// Reads what [#json] writes; nothing is verified yet.
  public static Reading<LocationProof> of(Json json) {
    return Fields.reading(
        "the location proof",
        json,
        MEMBERS,
        fields ->
            new LocationProof(
                Transcript.of(fields.object("transcript")).orThrow(),
                fields.text("landmarkSignature"),
                SiteKey.parse(fields.text("siteKey")).orThrow(),
                fields.text("siteSignature")));
  }

  /// Did the landmark with this key sign the transcript?
  public static boolean isSigned(Transcript transcript, String signature, NoteKey landmark) {
    return landmark.name().equals(transcript.landmark())
        && StrictBase64.read(signature) instanceof Reading.Read<byte[]>(byte[] bytes)
        && landmark.verifies(SignedText.transcript(transcript.json()), bytes);
  }

  /// Did the site with the transcript's pin sign it, after the landmark?
  boolean isCountersigned() {
    return siteKey.pin().equals(transcript.pin())
        && siteKey.signed(transcript.countersigned(landmarkSignature), siteSignature);
  }
}
