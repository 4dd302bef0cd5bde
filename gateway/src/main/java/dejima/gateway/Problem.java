package dejima.gateway;

import java.util.Optional;
import java.util.OptionalInt;

/// An error answer before it has a dialect.
///
/// @param status HTTP status
/// @param type the family of the error in OpenAI's words
/// @param code a stable word for programs
/// @param message what is wrong and what to do about it
/// @param param the field of the request at fault, if one is
/// @param retryAfterSeconds when trying again makes sense, if it does
public record Problem(
    int status,
    String type,
    String code,
    String message,
    Optional<String> param,
    OptionalInt retryAfterSeconds) {

  private static Problem of(int status, String type, String code, String message) {
    return new Problem(status, type, code, message, Optional.empty(), OptionalInt.empty());
  }

  /// 400: the request itself is at fault.
  public static Problem badRequest(String code, String message) {
    return of(400, "invalid_request_error", code, message);
  }

  /// 401: no key, or not one of ours.
  public static Problem unauthenticated(String code, String message) {
    return of(401, "authentication_error", code, message);
  }

  /// 403: policy denies; trying again changes nothing.
  public static Problem denied(String code, String message) {
    return of(403, "permission_error", code, message);
  }

  /// 404: nothing of that name.
  public static Problem notFound(String code, String message) {
    return of(404, "invalid_request_error", code, message);
  }

  /// 405: the path exists for another method.
  public static Problem methodNotAllowed(String allowed) {
    return of(
        405,
        "invalid_request_error",
        "method_not_allowed",
        "This path takes " + allowed + ". Send the request with that method.");
  }

  /// 413: more bytes than the gateway takes.
  public static Problem tooLarge(long limit) {
    return of(
        413,
        "invalid_request_error",
        "request_too_large",
        "The body is larger than the limit of "
            + limit
            + " bytes. Send less, or ask the operator of this gateway to raise"
            + " 'limits.maxBodyBytes'.");
  }

  /// 415: not JSON.
  public static Problem unsupportedMediaType() {
    return of(
        415,
        "invalid_request_error",
        "unsupported_media_type",
        "Send the body as 'Content-Type: application/json' without a content encoding.");
  }

  /// 429: a limit of the key is used up.
  public static Problem limited(String code, String message, int retryAfterSeconds) {
    return of(429, "rate_limit_error", code, message).retryAfter(retryAfterSeconds);
  }

  /// 502: the site answered, but not in a way that can be passed on.
  public static Problem badSite(String message) {
    return of(502, "api_error", "bad_gateway", message);
  }

  /// 503: nothing was sent; it may work later.
  public static Problem unavailable(String code, String message, int retryAfterSeconds) {
    return of(503, "api_error", code, message).retryAfter(retryAfterSeconds);
  }

  /// 504: the site took too long.
  public static Problem timedOut(String message) {
    return of(504, "api_error", "timeout", message);
  }

  /// The same problem, naming the field at fault.
  public Problem at(String field) {
    return new Problem(status, type, code, message, Optional.of(field), retryAfterSeconds);
  }

  private Problem retryAfter(int seconds) {
    return new Problem(status, type, code, message, param, OptionalInt.of(seconds));
  }
}
