package dejima.acceptance.site;

import dejima.acceptance.product.Caller;
import dejima.acceptance.product.GatewayProcess;
import dejima.acceptance.product.Product;
import dejima.acceptance.product.SiteEntry;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A gateway before stub sites of the test's choice.
public final class StubWorld implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final Path folder;
  private final GatewayProcess gateway;
  private final List<StubSite> sites = new ArrayList<>();
  private final List<SiteEntry> entries = new ArrayList<>();

  /// A world without sites; the gateway is not started.
  public StubWorld(String name) {
    folder = Product.newFolder(name);
    gateway = GatewayProcess.in(folder.resolve("gateway"));
  }

  /// Adds a domestic site.
  public StubSite domestic(String id, String model, Script script) {
    return site(id, model, "JP", "domestic", script);
  }

  /// Adds a site and starts it.
  public StubSite site(String id, String model, String country, String control, Script script) {
    StubSite site = new StubSite(vertx, id, model, script, folder, gateway.pin()).start();
    sites.add(site);
    entries.add(site.entry(country, control));
    return site;
  }

  /// Starts the gateway with the demo's policy and waits until every site is up.
  ///
  /// @param more further top-level YAML, may be empty
  public StubWorld start(String more) {
    return startUnder("builtin:demo-declared", more);
  }

  /// As [#start] with another policy.
  ///
  /// @param policy the value of `policy`
  public StubWorld startUnder(String policy, String more) {
    gateway.configured(policy, entries, more).start();
    gateway.awaitSites(entries.size());
    return this;
  }

  /// Starts the gateway with the demo's policy and these sites.
  public StubWorld startWith(List<SiteEntry> listed) {
    gateway.configured("builtin:demo-declared", listed, "").start();
    gateway.awaitSites(listed.size());
    return this;
  }

  /// The gateway.
  public GatewayProcess gateway() {
    return gateway;
  }

  /// The sites as the configuration names them.
  public List<SiteEntry> entries() {
    return entries;
  }

  /// A client with a new key.
  public Caller client() {
    return gateway.client("stub-tenant");
  }

  @Override
  public void close() {
    gateway.close();
    sites.forEach(StubSite::close);
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }
}
