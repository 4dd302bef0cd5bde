package dejima.server.http;

import dejima.evidence.EvidenceLog;
import dejima.gateway.Gateway;
import dejima.gateway.KeyRing;
import dejima.gateway.SiteState;
import dejima.server.config.ServerConfig.Timeouts;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What every request on the inference path needs, the same for all event loops.
///
/// @param gateway decides
/// @param keys knows who asks
/// @param log records
/// @param sites where requests can go
/// @param observer watches
/// @param background runs what blocks or computes, off the event loop
/// @param timeouts how long anything may take
/// @param maxBodyBytes longest body
/// @param clock dates keys
public record Exchanges(
    Gateway gateway,
    KeyRing keys,
    EvidenceLog log,
    Map<String, SiteConnection> sites,
    RequestObserver observer,
    Executor background,
    Timeouts timeouts,
    int maxBodyBytes,
    InstantSource clock) {
  /// Copies the map.
  public Exchanges {
    sites = Map.copyOf(sites);
  }

  /// The sites by their id.
  public static Map<String, SiteConnection> byId(List<SiteConnection> sites) {
    return sites.stream()
        .collect(Collectors.toMap(site -> site.state().facts().id(), Function.identity()));
  }

  SiteConnection connection(SiteState site) {
    SiteConnection found = sites.get(site.facts().id());
    if (found == null) {
      throw new IllegalStateException("a planned site is configured");
    }
    return found;
  }
}
