package dejima.server.config;

import dejima.agent.PinnedKey;
import dejima.evidence.Approvers;
import dejima.residency.Control;
import dejima.residency.Country;
import dejima.residency.Destination.SiteFacts;
import dejima.server.config.LocationSettings.SiteLocation;
import dejima.server.register.RegisterSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Everything that an operator of the server can set.
///
/// @param gateway where clients connect
/// @param admin where administrators connect
/// @param data where evidence, keys and the embedded database are kept
/// @param tls certificate for the gateway's listener, if it speaks TLS itself
/// @param database an external PostgreSQL, if there is one
/// @param policy the bundle to decide by
/// @param policyApprovers of whom two must have signed a bundle of the operator's own, if there are
///   any
/// @param origin the name of this node's evidence log
/// @param limits bounds on requests
/// @param timeouts how long anything may take
/// @param otlp where traces go, if anywhere
/// @param otlpPlace where that is
/// @param sites the sites behind the gateway
/// @param location the landmarks to ask where the sites are
/// @param witnessPolicy the C2SP tlog-policy file of the witnesses to ask, if any are
/// @param register where the register lies and who may approve it, if there is one
public record ServerConfig(
    Address gateway,
    Address admin,
    Path data,
    Optional<TlsFiles> tls,
    Optional<ExternalDatabase> database,
    PolicySource policy,
    Approvers policyApprovers,
    String origin,
    Bounds limits,
    Timeouts timeouts,
    Optional<URI> otlp,
    SinkPlace otlpPlace,
    List<SiteConfig> sites,
    LocationSettings location,
    Optional<Path> witnessPolicy,
    Optional<RegisterSettings> register) {
  /// Copies the list.
  public ServerConfig {
    sites = List.copyOf(sites);
  }

  /// A certificate chain and its key, both PEM.
  ///
  /// @param certificate the chain's file
  /// @param key the key's file
  public record TlsFiles(Path certificate, Path key) {}

  /// A PostgreSQL server that runs elsewhere.
  ///
  /// @param url JDBC URL
  /// @param user role to log in as
  /// @param passwordFile file that holds the password, if one is needed
  /// @param place where it runs
  public record ExternalDatabase(
      String url, String user, Optional<Path> passwordFile, SinkPlace place) {}

  /// Where a service beside the gateway runs, as far as the operator says so.
  ///
  /// @param control who can compel whoever runs it
  public record SinkPlace(Country country, Control control) {
    /// Nobody says.
    public static final SinkPlace UNKNOWN = new SinkPlace(Country.UNKNOWN, Control.UNKNOWN);
  }

  /// Where the policy comes from.
  public sealed interface PolicySource {
    /// The baseline that ships with the product.
    record Baseline() implements PolicySource {}

    /// The bundle of the demo, which accepts declared sites.
    record Demo() implements PolicySource {}

    /// A bundle of the operator's own.
    ///
    /// @param path its directory
    record Directory(Path path) implements PolicySource {}
  }

  /// Bounds on what a client may send.
  ///
  /// @param maxBodyBytes longest body
  /// @param connections most client connections at once on each event loop
  /// @param eventLoops threads that carry traffic
  public record Bounds(int maxBodyBytes, int connections, int eventLoops) {}

  /// How long anything may take.
  ///
  /// @param connect until a site takes the connection
  /// @param firstByte from sending a request to the first byte of its answer
  /// @param idle between two bytes of an answer, or of a client's body
  /// @param total from a request's arrival to its end
  public record Timeouts(Duration connect, Duration firstByte, Duration idle, Duration total) {}

  /// A site behind the gateway.
  ///
  /// @param facts what policy knows of it
  /// @param metro where the console draws it
  /// @param host name or address of its agent, resolved once
  /// @param port port of its agent
  /// @param pin the site's key
  /// @param nextPin the key that it is about to change to, if it is
  /// @param location where it is said to be, if landmarks measure it
  public record SiteConfig(
      SiteFacts facts,
      String metro,
      String host,
      int port,
      PinnedKey pin,
      Optional<PinnedKey> nextPin,
      Optional<SiteLocation> location) {
    /// A site that nobody measures, and whose key stays.
    public SiteConfig(SiteFacts facts, String metro, String host, int port, PinnedKey pin) {
      this(facts, metro, host, port, pin, Optional.empty(), Optional.empty());
    }

    /// The keys with which it may answer, the one that it is about to leave first.
    public List<PinnedKey> pins() {
      return nextPin.map(next -> List.of(pin, next)).orElseGet(() -> List.of(pin));
    }
  }
}
