package dejima.bench.contender;

import dejima.bench.stub.SiteIdentity;

/// The stub as the contenders see it: every one of them reaches it over the same transport.
///
/// @param securePort the TLS 1.3 port on 127.0.0.1, where contenders show a client certificate
/// @param plainPort the plain HTTP port on 127.0.0.1
/// @param identity the stub's key, which contenders must trust
/// @param client the key that contenders show
public record Upstream(int securePort, int plainPort, SiteIdentity identity, SiteIdentity client) {
  /// The address behind TLS.
  ///
  /// @return scheme, host and port
  public String url() {
    return "https://127.0.0.1:" + securePort;
  }
}
