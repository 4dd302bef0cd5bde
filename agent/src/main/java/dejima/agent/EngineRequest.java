package dejima.agent;

/// A request as the client sent it.
///
/// @param path path below the engine's root, such as `/v1/chat/completions`
/// @param body the client's bytes, unchanged; nobody writes to them
@SuppressWarnings(
    "ArrayRecordComponent") // carried once from the socket to the engine, never compared
public record EngineRequest(String path, byte[] body) {
  /// OpenAI's path for a chat.
  public static final String CHAT = "/v1/chat/completions";

  /// OpenAI's path for a plain completion.
  public static final String COMPLETION = "/v1/completions";

  /// OpenAI's path for embeddings.
  public static final String EMBEDDING = "/v1/embeddings";
}
