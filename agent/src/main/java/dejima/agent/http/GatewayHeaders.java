package dejima.agent.http;

import io.vertx.core.MultiMap;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a gateway says about a request besides its body: the receipt that it will be recorded
/// under, and the salt of the commitments.
///
/// An agent answers gateways only, so each header must be there exactly once and well formed.
sealed interface GatewayHeaders {
  /// They are as they should be.
  ///
  /// @param receipt such as `rcpt_` and 26 Crockford base32 characters
  /// @param attempt counts from 1
  /// @param salt 32 bytes, secret to the tenant: never logged
  /// @param model the model that the client's path named, where its body does not say the same
  @SuppressWarnings("ArrayRecordComponent") // read once per request, never compared
  record Read(String receipt, int attempt, byte[] salt, Optional<String> model)
      implements GatewayHeaders {}

  /// They are not.
  record Unreadable(String reason) implements GatewayHeaders {}

  String RECEIPT = "Dejima-Receipt";
  String ATTEMPT = "Dejima-Attempt";
  String SALT = "Dejima-Salt";
  String MODEL = "Dejima-Model";

  int SALT_BYTES = 32;
  Pattern RECEIPT_FORM = Pattern.compile("rcpt_[0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{26}");
  Pattern ATTEMPT_FORM = Pattern.compile("[1-9][0-9]{0,2}");

  /// Reads them from a request's headers.
  static GatewayHeaders of(MultiMap headers) {
    List<String> receipt = headers.getAll(RECEIPT);
    List<String> attempt = headers.getAll(ATTEMPT);
    List<String> salt = headers.getAll(SALT);
    if (receipt.size() != 1 || !RECEIPT_FORM.matcher(receipt.getFirst()).matches()) {
      return new Unreadable(RECEIPT + " must be given once, as rcpt_ and 26 characters");
    }
    if (attempt.size() != 1 || !ATTEMPT_FORM.matcher(attempt.getFirst()).matches()) {
      return new Unreadable(ATTEMPT + " must be given once, as a number from 1 to 999");
    }
    byte[] bytes = salt.size() == 1 ? base64(salt.getFirst()) : new byte[0];
    return bytes.length == SALT_BYTES
        ? new Read(
            receipt.getFirst(),
            Integer.parseInt(attempt.getFirst()),
            bytes,
            Optional.ofNullable(headers.get(MODEL)))
        : new Unreadable(SALT + " must be given once, as base64 of 32 bytes");
  }

  private static byte[] base64(String text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      return Base64.getEncoder().encodeToString(bytes).equals(text) ? bytes : new byte[0];
    } catch (IllegalArgumentException notBase64) {
      return new byte[0];
    }
  }
}
