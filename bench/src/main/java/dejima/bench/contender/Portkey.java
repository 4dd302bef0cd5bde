package dejima.bench.contender;

import dejima.bench.load.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Portkey's open-source AI gateway from npm, on Node.js.
public record Portkey() implements Contender {
  private static final String PACKAGE = "@portkey-ai/gateway";
  private static final String VERSION = "1.15.2";
  private static final String SCRIPT = "node_modules/" + PACKAGE + "/build/start-server.js";

  /// With newer releases of this library the gateway fails on every stream (Portkey-AI/gateway
  /// issue 1389).
  private static final String MANIFEST =
      """
      {"private": true, "dependencies": {"@portkey-ai/gateway": "%s"}, "overrides": {"@hono/node-server": "1.13.8"}}
      """
          .formatted(VERSION);

  /// The gateway has no option for its address and would listen on every interface.
  private static final String LOOPBACK_ONLY =
      """
      const { Server } = require('node:net');
      const listen = Server.prototype.listen;
      Server.prototype.listen = function (port, ...rest) {
        const done = rest.find((value) => typeof value === 'function');
        return listen.call(this, { port: Number(port.port ?? port), host: '127.0.0.1' }, done);
      };
      """;

  @Override
  public String name() {
    return "portkey";
  }

  @Override
  public String setup() {
    return "`"
        + PACKAGE
        + "` with the provider `openai` and the stub as custom host; the stub's certificate is trusted through"
        + " NODE_EXTRA_CA_CERTS; no client certificate, because it has no setting for one; NODE_ENV=production, headless."
        + " A small preload makes it listen on loopback alone. `@hono/node-server` is held at 1.13.8, because streams fail with newer ones (its issue 1389).";
  }

  @Override
  public Preparation prepare(Workshop workshop) {
    Path directory = workshop.peer(name());
    if (!installed(directory)) {
      Workshop.write(directory.resolve("package.json"), MANIFEST);
      Shell.Outcome installed =
          Shell.run(
              directory, Map.of(), "npm", "install", "--no-audit", "--no-fund", "--ignore-scripts");
      if (installed instanceof Shell.Failed(String reason)) {
        return new Preparation.Missing("npm could not install it: " + reason);
      }
    }
    return switch (Shell.run(directory, Map.of(), "node", "--version")) {
      case Shell.Done(String node) ->
          new Preparation.Ready(PACKAGE + " " + VERSION + ", Node.js " + node.strip());
      case Shell.Failed(String reason) -> new Preparation.Missing("install Node.js: " + reason);
    };
  }

  @Override
  public Launch launch(Workshop workshop, Upstream upstream) {
    int port = Workshop.freePort();
    Path directory = workshop.run(name());
    Path preload = Workshop.write(directory.resolve("loopback-only.cjs"), LOOPBACK_ONLY);
    List<String> command =
        List.of(
            "node",
            "--require",
            preload.toString(),
            script(workshop).toString(),
            "--port=" + port,
            "--headless");
    Map<String, String> environment =
        Map.of(
            "NODE_ENV",
            "production",
            "NODE_EXTRA_CA_CERTS",
            upstream.identity().certificate().toString());
    Map<String, String> headers =
        Map.of(
            "x-portkey-provider", "openai",
            "x-portkey-custom-host", upstream.url() + "/v1",
            "authorization", "Bearer bench");
    return new Launch(command, environment, directory, new Target(port, headers));
  }

  private static boolean installed(Path directory) {
    Path manifest = directory.resolve("package.json");
    return Files.exists(directory.resolve(SCRIPT))
        && Files.exists(manifest)
        && Java.read(manifest).equals(MANIFEST);
  }

  private Path script(Workshop workshop) {
    return workshop.peer(name()).resolve(SCRIPT);
  }
}
