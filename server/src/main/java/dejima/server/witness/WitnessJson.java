package dejima.server.witness;

import dejima.evidence.Json;
import java.time.Instant;
import java.util.Locale;

/// The witnesses as the admin plane and the console get them.
public final class WitnessJson {
  private WitnessJson() {}

  /// One object: the quorum's last success, and every witness.
  public static Json.Obj of(Witnesses witnesses) {
    return Json.object()
        .put("witnessedSize", witnesses.witnessedSize())
        .put("lastQuorum", witnesses.lastQuorum().map(Instant::toString).orElse(""))
        .put("witnesses", Json.array(witnesses.statuses().stream().map(WitnessJson::one).toList()))
        .build();
  }

  private static Json one(WitnessStatus status) {
    return Json.object()
        .put("name", status.name())
        .put("address", status.address().toString())
        .put("state", status.state().name().toLowerCase(Locale.ROOT))
        .put("trouble", status.trouble())
        .put("lastCosigned", status.lastCosigned().map(Instant::toString).orElse(""))
        .put("size", status.size())
        .build();
  }
}
