package dejima.server.cli.demo;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Forges a receipt the way somebody with something to hide would: the recorded data class is
/// lowered, everything else stays.
final class Tampering {
  private static final Pattern EXTRA = Pattern.compile("(?m)^extra (.+)$");

  private Tampering() {}

  static String lowerClass(String receipt) {
    Matcher extra = EXTRA.matcher(receipt);
    if (!extra.find()) {
      throw new DemoFailed("the receipt has no extra line");
    }
    String json = new String(Base64.getDecoder().decode(extra.group(1)), StandardCharsets.UTF_8);
    String forged = json.replace("confidentiality-2", "confidentiality-1");
    return receipt.substring(0, extra.start(1))
        + Base64.getEncoder().encodeToString(forged.getBytes(StandardCharsets.UTF_8))
        + receipt.substring(extra.end(1));
  }
}
