package dejima.bench.stub;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// The scripts of all models.
final class Scripts {
  private final Map<StubModel, Script> scripts = new EnumMap<>(StubModel.class);

  Scripts() {
    for (StubModel model : StubModel.values()) {
      scripts.put(model, new Script(model));
    }
  }

  Script of(StubModel model) {
    return Objects.requireNonNull(scripts.get(model));
  }
}
