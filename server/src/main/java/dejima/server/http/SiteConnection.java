package dejima.server.http;

import dejima.gateway.SiteState;
import dejima.server.config.ServerConfig.SiteConfig;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;

/// Where a site's agent is reached. Its name was resolved once, when the configuration was read.
///
/// @param state the site as the gateway sees it
/// @param config the site as the operator configured it
/// @param address the resolved address
/// @param statements takes what the site states of itself
public record SiteConnection(
    SiteState state, SiteConfig config, SocketAddress address, StatementDesk statements) {
  /// Resolves the site's host, now and never again.
  ///
  /// @param steady a clock that never jumps
  /// @throws SiteUnresolvable if the name has no address
  public static SiteConnection resolve(
      SiteConfig config, StatementDesk statements, InstantSource steady) {
    try {
      InetAddress found = InetAddress.getByName(config.host());
      return new SiteConnection(
          new SiteState(config.facts(), config.pin().text(), steady),
          config,
          SocketAddress.inetSocketAddress(config.port(), found.getHostAddress()),
          statements);
    } catch (UnknownHostException unknown) {
      throw new SiteUnresolvable(config.facts().id(), config.host(), unknown);
    }
  }
}
