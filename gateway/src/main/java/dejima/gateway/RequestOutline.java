package dejima.gateway;

import java.util.List;
import java.util.Optional;

/// What the gateway reads from a request body without changing a byte of it.
///
/// @param model the model asked for, if the body names one
/// @param stream whether the answer is to be streamed
/// @param includeUsage whether the stream is to end with token counts
/// @param maxOutputTokens the client's own limit on output tokens, 0 when it sets none
/// @param media where an engine would fetch from, each host once, in order
/// @param sealed what stands outside the ciphertext, if the prompt is sealed
public record RequestOutline(
    Optional<String> model,
    boolean stream,
    boolean includeUsage,
    long maxOutputTokens,
    List<MediaUrl> media,
    Optional<SealedOutline> sealed) {
  /// Copies the list.
  public RequestOutline {
    media = List.copyOf(media);
  }

  /// A body that anybody on its way can read.
  public RequestOutline(
      Optional<String> model,
      boolean stream,
      boolean includeUsage,
      long maxOutputTokens,
      List<MediaUrl> media) {
    this(model, stream, includeUsage, maxOutputTokens, media, Optional.empty());
  }
}
