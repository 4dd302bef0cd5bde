package dejima.location;

import dejima.evidence.Json;
import java.nio.charset.StandardCharsets;

/// The texts that are signed: a first line that no other text of this product begins with, the
/// canonical JSON, and a newline, as C2SP's notes end.
final class SignedText {
  private static final String LANDMARK = "dejima.location/landmark/v1\n";
  private static final String TRANSCRIPT = "dejima.location/transcript/v1\n";
  private static final String COUNTERSIGNATURE = "dejima.location/countersignature/v1\n";
  private static final String REQUEST = "dejima.location/request/v1\n";

  private SignedText() {}

  static byte[] landmark(Json statement) {
    return bytes(LANDMARK + statement.canonicalText() + "\n");
  }

  static byte[] transcript(Json transcript) {
    return bytes(TRANSCRIPT + transcript.canonicalText() + "\n");
  }

  static byte[] countersignature(Json transcript, String landmarkSignature) {
    return bytes(COUNTERSIGNATURE + transcript.canonicalText() + "\n" + landmarkSignature + "\n");
  }

  static byte[] request(Json request) {
    return bytes(REQUEST + request.canonicalText() + "\n");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
