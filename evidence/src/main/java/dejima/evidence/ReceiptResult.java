package dejima.evidence;

/// What a log answers when asked for a request's receipt.
public sealed interface ReceiptResult {
  /// Here it is.
  record Ready(Receipt receipt) implements ReceiptResult {}

  /// The request has not ended, or no tree head covers its end yet: ask again in a second.
  record Pending() implements ReceiptResult {}

  /// The log has no such request.
  record Unknown() implements ReceiptResult {}

  /// The salt or the bundle is not the one that the entry was made with.
  ///
  /// @param reason which
  record Mismatch(String reason) implements ReceiptResult {}
}
