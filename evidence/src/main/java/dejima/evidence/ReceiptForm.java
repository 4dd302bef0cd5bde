package dejima.evidence;

/// In which form a log gives out a receipt. The first needs no further signature; the other two are
/// for people whose tools read nothing else, and carry less: no intents, policy or salt.
public enum ReceiptForm {
  /// C2SP `tlog-proof@v1` with everything that judges it.
  PROOF("text/plain; charset=utf-8"),
  /// A COSE receipt (RFC 9942).
  COSE("application/cose"),
  /// A W3C Verifiable Credential 2.0.
  CREDENTIAL("application/vc");

  private final String mediaType;

  ReceiptForm(String mediaType) {
    this.mediaType = mediaType;
  }

  /// The media type, by which HTTP clients ask for it.
  public String mediaType() {
    return mediaType;
  }

  /// The bytes of a receipt in this form.
  byte[] issue(Receipt receipt, LogSettings settings) {
    return switch (this) {
      case PROOF -> receipt.bytes();
      case COSE -> CoseReceipt.issue(receipt, settings.signer());
      case CREDENTIAL ->
          ReceiptCredential.issue(receipt, settings.signer(), settings.clock().instant());
    };
  }
}
