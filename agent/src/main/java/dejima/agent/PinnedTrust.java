package dejima.agent;

import io.vertx.core.net.TrustOptions;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Trust in pinned keys and in nothing else, for either end of a TLS connection.
///
/// The key is the whole identity: no certificate authority is asked, and host name, subject and
/// dates of the certificate are ignored. TLS itself proves that the peer holds the key.
public final class PinnedTrust extends X509ExtendedTrustManager {
  private final Set<PinnedKey> pins;

  private PinnedTrust(Set<PinnedKey> pins) {
    this.pins = pins;
  }

  /// Trust in exactly these keys; in none if there are none.
  public static PinnedTrust in(Set<PinnedKey> pins) {
    return new PinnedTrust(Set.copyOf(pins));
  }

  /// Trust in exactly this key.
  public static PinnedTrust in(PinnedKey pin) {
    return in(Set.of(pin));
  }

  /// The same trust in Vert.x's form.
  public TrustOptions options() {
    return TrustOptions.wrap(this);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }

  private void check(X509Certificate[] chain) throws CertificateException {
    if (chain.length == 0) {
      throw new CertificateException("the peer showed no certificate");
    }
    PinnedKey shown = PinnedKey.of(chain[0].getPublicKey());
    if (!pins.contains(shown)) {
      throw new CertificateException("the peer's key is " + shown + ", which is not pinned here");
    }
  }
}
