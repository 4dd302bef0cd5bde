package dejima.bench.contender;

import dejima.bench.load.Target;
import java.util.List;
import java.util.Map;

/// The stub itself over plain HTTP: the zero line that added latency counts from.
public record Direct() implements Contender {
  @Override
  public String name() {
    return "direct";
  }

  @Override
  public boolean isReference() {
    return true;
  }

  @Override
  public String setup() {
    return "The load generator asks the stub itself over plain HTTP; the zero line for what a gateway adds.";
  }

  @Override
  public Preparation prepare(Workshop workshop) {
    return new Preparation.Ready("stub");
  }

  @Override
  public Launch launch(Workshop workshop, Upstream upstream) {
    return new Launch(
        List.of(), Map.of(), workshop.run(name()), new Target(upstream.plainPort(), Map.of()));
  }
}
