package dejima.bench.contender;

import dejima.bench.load.Target;
import java.util.List;
import java.util.Map;

/// Dejima's own server, with policy, evidence and authentication on.
public record Dejima() implements Contender {
  @Override
  public String name() {
    return "dejima";
  }

  @Override
  public String setup() {
    return "Authentication, policy, evidence with fsync and the site's pinned mutual TLS all on.";
  }

  @Override
  public Preparation prepare(Workshop workshop) {
    return new Preparation.Missing("the server cannot be started by the benchmark yet");
  }

  @Override
  public Launch launch(Workshop workshop, Upstream upstream) {
    return new Launch(
        List.of("./dejima", "serve"), Map.of(), workshop.run(name()), new Target(1, Map.of()));
  }
}
