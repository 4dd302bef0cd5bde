package dejima.acceptance;

import dejima.acceptance.product.Caller;
import dejima.acceptance.product.DemoSites;
import dejima.acceptance.product.GatewayProcess;
import dejima.acceptance.product.Product;
import dejima.acceptance.product.SiteEntry;
import dejima.acceptance.site.Script;
import dejima.acceptance.site.StubSite;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// One gateway before the demo's four sites and three stub sites that serve models of their own
/// (`unsteady` dies, `breaks` stops half-way, `drips` never ends). It starts for the first test
/// that takes it as a parameter and ends after the last.
final class Demo implements AutoCloseable {
  /// The model of the built-in engine.
  static final String MODEL = "builtin-selftest";

  private final GatewayProcess gateway;
  private final DemoSites sites;
  private final List<StubSite> stubs;
  private final Vertx vertx;
  private Caller client;

  private Demo(GatewayProcess gateway, DemoSites sites, List<StubSite> stubs, Vertx vertx) {
    this.gateway = gateway;
    this.sites = sites;
    this.stubs = stubs;
    this.vertx = vertx;
    this.client = gateway.clientOf("");
  }

  private static Demo start() {
    Path folder = Product.newFolder("demo");
    GatewayProcess gateway = GatewayProcess.in(folder.resolve("gateway"));
    DemoSites sites = DemoSites.start(folder, gateway.pin());
    Vertx vertx = Vertx.vertx();
    List<StubSite> stubs =
        Stream.of(
                stub(vertx, "unsteady", Script.diesBeforeAnswering(), folder, gateway),
                stub(vertx, "breaks", Script.breaksOff(), folder, gateway),
                stub(vertx, "drips", Script.drips(), folder, gateway))
            .toList();
    List<SiteEntry> entries = new ArrayList<>(sites.entries());
    stubs.forEach(stub -> entries.add(stub.entry("JP", "domestic")));
    Demo demo = new Demo(gateway, sites, stubs, vertx);
    try {
      gateway.configured("builtin:demo-declared", entries, "").start();
      gateway.awaitSites(entries.size());
      demo.client = gateway.client("acceptance");
      return demo;
    } catch (AssertionError failed) {
      demo.close();
      throw failed;
    }
  }

  private static StubSite stub(
      Vertx vertx, String name, Script script, Path folder, GatewayProcess gateway) {
    return new StubSite(vertx, name + "-site", name, script, folder, gateway.pin()).start();
  }

  /// The gateway.
  GatewayProcess gateway() {
    return gateway;
  }

  /// The sites.
  DemoSites sites() {
    return sites;
  }

  /// A client with a key of tenant `acceptance`.
  Caller client() {
    return client;
  }

  @Override
  public void close() {
    gateway.close();
    sites.close();
    stubs.forEach(StubSite::close);
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /// Gives tests the one demo.
  static final class Shared implements ParameterResolver {
    private static final ExtensionContext.Namespace PLACE =
        ExtensionContext.Namespace.create(Demo.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Demo.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(PLACE)
          .computeIfAbsent(Demo.class, _ -> Demo.start(), Demo.class);
    }
  }
}
