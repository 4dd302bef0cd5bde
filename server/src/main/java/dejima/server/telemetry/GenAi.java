package dejima.server.telemetry;

import dejima.residency.RequestKind;

/// The words of OpenTelemetry's semantic conventions for generative AI.
final class GenAi {
  private GenAi() {}

  /// `gen_ai.operation.name`.
  static String operation(RequestKind kind) {
    return switch (kind) {
      case CHAT -> "chat";
      case COMPLETION -> "text_completion";
      case EMBEDDING -> "embeddings";
    };
  }
}
