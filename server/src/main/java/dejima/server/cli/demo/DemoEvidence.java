package dejima.server.cli.demo;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// How much is established about the demo's sites, and what has to run for it.
sealed interface DemoEvidence permits DeclaredSites, MeasuredSites {
  /// The `policy:` of the gateway.
  String policy();

  /// What runs, for the first line on the screen.
  String cast();

  /// Ports that it needs besides the gateway's and the sites'.
  List<Integer> ports();

  /// Makes what must be there before the configurations are written.
  ///
  /// @param gatewayPin the gateway's key
  /// @param processes run a command to its end
  void prepare(String gatewayPin, Processes processes) throws IOException, InterruptedException;

  /// What the gateway's configuration holds besides.
  String gatewayConfig() throws IOException;

  /// What a site's entry in the gateway's configuration holds besides.
  String siteEntry(StandIn site);

  /// What a site's own configuration holds besides.
  String agentConfig(StandIn site) throws IOException;

  /// Starts its processes.
  List<CompletableFuture<Void>> start(Processes processes) throws IOException;

  /// The evidence level that a site must have before the tour begins, with the site's id.
  Awaited awaited();

  /// What `verify` is told besides.
  List<String> verifyOptions();

  /// What a reader should know of what is real here and what is not.
  List<String> caveat();

  /// @param site whose level is waited for
  /// @param level as the admin plane writes it
  record Awaited(String site, String level) {}
}
