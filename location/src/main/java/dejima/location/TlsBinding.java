package dejima.location;

import dejima.evidence.Reading;
import dejima.evidence.StrictBase64;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLKeyException;
import javax.net.ssl.SSLSession;

/// What only the two ends of one TLS connection can derive (RFC 5705, RFC 8446 §7.5). It is no
/// secret afterwards: keys of the connection do not follow from it.
///
/// @param text base64 of 32 bytes
public record TlsBinding(String text) {
  private static final String LABEL = "EXPORTER-Dejima-Location";
  private static final int LENGTH = 32;

  /// @throws IllegalArgumentException if it is not base64 of 32 bytes
  public TlsBinding {
    StrictBase64.read(text, LENGTH).orThrow();
  }

  /// That of a connection.
  public static Reading<TlsBinding> of(SSLSession session) {
    if (!(session instanceof ExtendedSSLSession extended)) {
      return new Reading.Unreadable<>("the TLS implementation exports no keying material");
    }
    try {
      byte[] exported = extended.exportKeyingMaterialData(LABEL, new byte[0], LENGTH);
      return new Reading.Read<>(new TlsBinding(StrictBase64.text(exported)));
    } catch (SSLKeyException | UnsupportedOperationException | IllegalStateException refused) {
      return new Reading.Unreadable<>("the connection exports no keying material");
    }
  }

  byte[] bytes() {
    return StrictBase64.read(text, LENGTH).orThrow();
  }
}
