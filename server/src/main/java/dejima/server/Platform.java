package dejima.server;

import dejima.server.admin.AdminToken;
import dejima.server.config.ServerConfig;
import dejima.server.config.ServerConfig.PolicySource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The whole server, assembled by hand from top to bottom in the order in which parts need each
/// other.
public final class Platform implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Platform.class);

  private final List<AutoCloseable> parts;
  private final ServerConfig config;
  private final AdminToken token;
  private final String logKey;
  private final String pin;

  Platform(
      List<AutoCloseable> parts, ServerConfig config, AdminToken token, String logKey, String pin) {
    this.parts = parts;
    this.config = config;
    this.token = token;
    this.logKey = logKey;
    this.pin = pin;
  }

  /// Starts everything; when it returns, both listeners are open.
  ///
  /// @param policy says, each time anew, where the policy comes from
  /// @throws RuntimeException saying what an operator has to mend; nothing stays running
  public static Platform assemble(ServerConfig config, Supplier<PolicySource> policy) {
    List<AutoCloseable> parts = new ArrayList<>();
    try {
      return new Assembly(config, policy, parts).platform();
    } catch (RuntimeException failed) {
      closeAll(parts);
      throw failed;
    }
  }

  /// Where clients connect.
  public String gatewayUrl() {
    return (config.tls().isPresent() ? "https://" : "http://") + config.gateway();
  }

  /// The console, as a link that logs a browser in.
  public String consoleLink() {
    return "http://" + config.admin() + "/?token=" + token.text();
  }

  /// The evidence log's key in its text form.
  public String logKey() {
    return logKey;
  }

  /// The pin by which sites know this gateway.
  public String pin() {
    return pin;
  }

  @Override
  public void close() {
    closeAll(parts);
  }

  private static void closeAll(List<AutoCloseable> parts) {
    for (AutoCloseable part : parts.reversed()) {
      try {
        part.close();
      } catch (Exception failed) {
        LOG.warn("a part did not close: {}", failed.toString());
      }
    }
  }
}
