package dejima.acceptance.site;

/// Answers as engines write them.
final class Wire {
  private static final String LAST =
      """
      data: {"id":"stub-1","object":"chat.completion.chunk","created":1,"model":"stub","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

      data: {"id":"stub-1","object":"chat.completion.chunk","created":1,"model":"stub","choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}

      data: [DONE]

      """;

  private Wire() {}

  static String event(String text) {
    return """
    data: {"id":"stub-1","object":"chat.completion.chunk","created":1,"model":"stub","choices":[{"index":0,"delta":{"role":"assistant","content":"%s"},"finish_reason":null}]}

    """
        .formatted(text);
  }

  static String stream(String... tokens) {
    StringBuilder events = new StringBuilder();
    for (String token : tokens) {
      events.append(event(token));
    }
    return events.append(LAST).toString();
  }

  static String whole(String text) {
    return """
    {"id":"stub-1","object":"chat.completion","created":1,"model":"stub","choices":[{"index":0,"message":{"role":"assistant","content":"%s"},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}
    """
        .formatted(text);
  }
}
