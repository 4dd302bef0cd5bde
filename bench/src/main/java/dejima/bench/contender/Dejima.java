package dejima.bench.contender;

import dejima.bench.load.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Dejima's own server as `./dejima serve` starts it, with policy, evidence and authentication on.
public record Dejima() implements Contender {
  @Override
  public String name() {
    return "dejima";
  }

  @Override
  public String setup() {
    return "`./dejima serve` with its embedded PostgreSQL, one site behind pinned mutual TLS, and an API key. For each"
        + " request it checks the key, inspects the text, decides by the `demo-declared` bundle, makes an intent durable"
        + " (fsync) before a byte leaves, signs a promise, and records the outcome. The stub does not sign its answers as"
        + " an agent would, so checking a site's signature is not in these figures.";
  }

  @Override
  public Preparation prepare(Workshop workshop) {
    Path directory = workshop.repository();
    if (!Files.isDirectory(directory.resolve("server/target/lib"))) {
      return new Preparation.Missing("run './dejima build' first");
    }
    Path _ = workshop.fresh(name());
    String version =
        switch (Shell.run(directory, Map.of(), "git", "describe", "--always", "--dirty")) {
          case Shell.Done(String commit) -> "commit " + commit.strip();
          case Shell.Failed _ -> "no commit";
        };
    return new Preparation.Ready(version + ", " + Java.version());
  }

  @Override
  public Launch launch(Workshop workshop, Upstream upstream) {
    int port = Workshop.freePort();
    int admin = Workshop.freePort();
    Path directory = workshop.run(name());
    Path file =
        Workshop.write(directory.resolve("dejima.yaml"), configuration(port, admin, upstream));
    List<String> command =
        List.of(
            workshop.repository().resolve("dejima").toString(),
            "serve",
            "--config",
            file.toString());
    String key = new DejimaKey(directory, command, admin).text();
    return new Launch(
        command,
        environment(),
        directory,
        new Target(port, Map.of("authorization", "Bearer " + key)));
  }

  /// The harness's JDK also for the launcher.
  static Map<String, String> environment() {
    return Map.of("JAVA_HOME", Java.home());
  }

  private static String configuration(int port, int admin, Upstream upstream) {
    return """
    listen: 127.0.0.1:%d
    admin: 127.0.0.1:%d
    data: data
    policy: builtin:demo-declared
    sites:
      - id: bench-stub
        operator: Bench
        country: JP
        control: domestic
        url: %s
        pin: %s
    """
        .formatted(port, admin, upstream.url(), upstream.identity().pin());
  }
}
