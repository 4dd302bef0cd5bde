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
  private static final String PIN = "pin";

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

  /// Makes every process's key, unless it is there.
  ///
  /// @return the gateway's pin
  String makeKeys(InstantSource clock) throws IOException {
    for (StandIn site : StandIn.ALL) {
      String _ = pin(of(site.id()), site.id(), clock);
    }
    return pin(gateway().resolve("identity"), "dejima-gateway", clock);
  }

  /// The pin of a site whose key is made.
  String pin(StandIn site) throws IOException {
    return Files.readString(of(site.id()).resolve(PIN));
  }

  /// Writes every configuration.
  void configure(DemoEvidence evidence, String gatewayPin) throws IOException {
    StringBuilder config =
        new StringBuilder(
            """
            # Written by './dejima demo'.
            listen: 127.0.0.1:%d
            admin: 127.0.0.1:%d
            data: .
            origin: dejima.localhost/demo
            policy: %s
            %ssites:
            """
                .formatted(port, adminPort(), evidence.policy(), evidence.gatewayConfig()));
    for (int i = 0; i < StandIn.ALL.size(); i++) {
      StandIn site = StandIn.ALL.get(i);
      Files.writeString(
          of(site.id()).resolve("agent.yaml"),
          site.agentConfig(sitePort(i), gatewayPin) + evidence.agentConfig(site));
      config.append(site.siteEntry(sitePort(i), pin(site))).append(evidence.siteEntry(site));
    }
    Files.writeString(gateway().resolve("dejima.yaml"), config);
  }

  /// The pin of a process's key. It is kept beside the key, because reading a text is much faster
  /// than starting the cryptography.
  private static String pin(Path directory, String name, InstantSource clock) throws IOException {
    Files.createDirectories(directory);
    Path kept = directory.resolve(PIN);
    if (!Files.exists(kept)) {
      Files.writeString(kept, TlsIdentity.inDirectory(directory, name, clock).pin().text());
    }
    return Files.readString(kept);
  }
}
