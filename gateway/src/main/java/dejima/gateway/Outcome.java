package dejima.gateway;

/// How a request ended.
///
/// @param finish the end
/// @param status HTTP status that the client got
/// @param responseCommitment base64 commitment to all bytes that went to the client
/// @param usage token counts
/// @param durationMs from the request's arrival to its end
/// @param siteSignature the site's statement on the answer
public record Outcome(
    FinishReason finish,
    int status,
    String responseCommitment,
    UsageMeter.Usage usage,
    long durationMs,
    SiteSignature siteSignature) {}
