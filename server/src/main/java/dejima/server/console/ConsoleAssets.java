package dejima.server.console;

import dejima.evidence.tree.Sha256;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The pages' style, scripts and icon, each under an address that names its content, so that a
/// browser may keep it for ever and still never shows an old one.
final class ConsoleAssets {
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final Map<String, String> TYPES =
      Map.of(
          "console.css", "text/css; charset=utf-8",
          "icon.svg", "image/svg+xml",
          "console.js", SCRIPT,
          "page.js", SCRIPT,
          "check.js", SCRIPT,
          "verifier.js", SCRIPT,
          "receipt.js", SCRIPT,
          "tree.js", SCRIPT,
          "notes.js", SCRIPT,
          "canonical.js", SCRIPT);

  private final Map<String, Asset> assets;

  ConsoleAssets() {
    this.assets =
        List.copyOf(TYPES.keySet()).stream()
            .collect(Collectors.toUnmodifiableMap(Function.identity(), Asset::read));
  }

  /// Where the page finds an asset.
  String address(String name) {
    return "/console/" + name + "?v=" + asset(name).version;
  }

  /// Answers `GET /console/:name`; a name that is none of ours goes on to the next route.
  void answer(RoutingContext context) {
    String name = context.pathParam("name");
    if (!assets.containsKey(name)) {
      context.next();
      return;
    }
    Asset asset = asset(name);
    boolean named = context.queryParam("v").contains(asset.version);
    HttpServerResponse response =
        context
            .response()
            .putHeader("ETag", asset.tag())
            .putHeader(
                "Cache-Control",
                named ? "private, max-age=31536000, immutable" : "private, no-cache");
    if (asset.tag().equals(context.request().getHeader("If-None-Match"))) {
      response.setStatusCode(304).end();
    } else {
      response.putHeader("Content-Type", asset.type).end(asset.content);
    }
  }

  private Asset asset(String name) {
    Asset asset = assets.get(name);
    if (asset == null) {
      throw new IllegalArgumentException("no asset " + name);
    }
    return asset;
  }

  private record Asset(String type, String version, Buffer content) {
    static Asset read(String name) {
      byte[] bytes = Resource.bytes(name);
      return new Asset(TYPES.getOrDefault(name, ""), version(bytes), Buffer.buffer(bytes));
    }

    String tag() {
      return '"' + version + '"';
    }

    private static String version(byte[] bytes) {
      return HexFormat.of().formatHex(Sha256.of(bytes), 0, 8);
    }
  }
}
