package dejima.server.cli.demo;

import dejima.agent.TlsIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/// The demo's directory: one folder a process, with its key and its configuration.
///
/// @param home the directory
/// @param port the gateway's port; the admin plane and the sites follow it
record DemoFiles(Path home, int port) {
  private static final int FIRST_SITE = 11;

  int adminPort() {
    return port + 1;
  }

  int sitePort(int index) {
    return port + FIRST_SITE + index;
  }

  Path of(String process) {
    return home.resolve(process);
  }

  Path gateway() {
    return of("gateway");
  }

  Path key() {
    return home.resolve("key");
  }

  /// Writes every configuration; keys that are there already stay.
  void prepare(InstantSource clock) throws IOException {
    String gatewayPin = pin(gateway().resolve("identity"), "dejima-gateway", clock);
    StringBuilder config =
        new StringBuilder(
            """
            # Written by './dejima demo'.
            listen: 127.0.0.1:%d
            admin: 127.0.0.1:%d
            data: .
            origin: dejima.localhost/demo
            policy: builtin:demo-declared
            sites:
            """
                .formatted(port, adminPort()));
    for (int i = 0; i < StandIn.ALL.size(); i++) {
      StandIn site = StandIn.ALL.get(i);
      String pin = pin(of(site.id()), site.id(), clock);
      Files.writeString(
          of(site.id()).resolve("agent.yaml"), site.agentConfig(sitePort(i), gatewayPin));
      config.append(site.siteEntry(sitePort(i), pin));
    }
    Files.writeString(gateway().resolve("dejima.yaml"), config);
  }

  /// The pin of a process's key. It is kept beside the key, because reading a text is much faster
  /// than starting the cryptography.
  private static String pin(Path directory, String name, InstantSource clock) throws IOException {
    Files.createDirectories(directory);
    Path kept = directory.resolve("pin");
    if (!Files.exists(kept)) {
      Files.writeString(kept, TlsIdentity.inDirectory(directory, name, clock).pin().text());
    }
    return Files.readString(kept);
  }
}
