package dejima.server.cli.demo;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Nothing but the operators' word: evidence level E0.
record DeclaredSites() implements DemoEvidence {
  @Override
  public String policy() {
    return "builtin:demo-declared";
  }

  @Override
  public String cast() {
    return "a gateway and four local stand-in sites";
  }

  @Override
  public List<Integer> ports() {
    return List.of();
  }

  @Override
  public void prepare(String gatewayPin, Processes processes) {}

  @Override
  public String gatewayConfig() {
    return "";
  }

  @Override
  public String siteEntry(StandIn site) {
    return "";
  }

  @Override
  public String agentConfig(StandIn site) {
    return "";
  }

  @Override
  public List<CompletableFuture<Void>> start(Processes processes) {
    return List.of();
  }

  @Override
  public Awaited awaited() {
    return new Awaited(StandIn.ALL.getFirst().id(), "E0");
  }

  @Override
  public List<String> verifyOptions() {
    return List.of();
  }

  /// The bundle's own notice says it, in the receipt.
  @Override
  public List<String> caveat() {
    return List.of();
  }
}
