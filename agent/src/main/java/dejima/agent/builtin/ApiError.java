package dejima.agent.builtin;

/// A refusal in OpenAI's words.
///
/// @param status HTTP status
/// @param type `invalid_request_error` or `server_error`
/// @param message what is wrong and what to do
/// @param param path of the field at fault, empty for none
/// @param code for programs, empty for none
record ApiError(int status, String type, String message, String param, String code) {
  static ApiError invalid(String message, String param, String code) {
    return new ApiError(400, "invalid_request_error", message, param, code);
  }

  static ApiError noSuchModel(String asked, String served) {
    return new ApiError(
        404,
        "invalid_request_error",
        "The model '" + asked + "' is not served here; this engine has only '" + served + "'.",
        "model",
        "model_not_found");
  }

  static ApiError overloaded() {
    return new ApiError(
        503,
        "server_error",
        "Too many requests wait for this engine; try again in a moment.",
        "",
        "engine_overloaded");
  }
}
