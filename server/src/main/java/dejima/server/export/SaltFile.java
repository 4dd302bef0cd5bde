package dejima.server.export;

import dejima.evidence.Json;
import dejima.evidence.Reading;
import dejima.gateway.TenantSalt;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// What `salts.age` holds once it is opened: the tenant's salt keys, each with the begin of its
/// period. Keys that were destroyed are gone, and their periods say so.
final class SaltFile {
  static final String FILE = "salts.age";

  private SaltFile() {}

  static byte[] bytes(List<TenantSalt.Period> periods) {
    List<Json.Obj> all =
        periods.stream()
            .map(period -> {
              Json.Members members = Json.object().put("fromMillis", period.fromMillis());
              period
                  .key()
                  .ifPresent(key ->
                      members.put("key", Base64.getEncoder().encodeToString(key.getEncoded())));
              return members.build();
            })
            .toList();
    return Json.object().put("v", 1).put("periods", Json.array(all)).build().canonicalBytes();
  }

  static Reading<List<TenantSalt.Period>> read(byte[] file) {
    List<TenantSalt.Period> periods = new ArrayList<>();
    List<Json> all =
        Json.read(file)
            .toOptional()
            .filter(Json.Obj.class::isInstance)
            .flatMap(json -> ((Json.Obj) json).array("periods"))
            .orElse(List.of());
    for (Json one : all) {
      Optional<TenantSalt.Period> period =
          one instanceof Json.Obj object ? period(object) : Optional.empty();
      if (period.isEmpty()) {
        return malformed();
      }
      periods.add(period.get());
    }
    return periods.isEmpty() ? malformed() : new Reading.Read<>(List.copyOf(periods));
  }

  private static Optional<TenantSalt.Period> period(Json.Obj object) {
    Optional<Long> from = object.integer("fromMillis");
    if (from.isEmpty() || from.get() < 0) {
      return Optional.empty();
    }
    if (object.string("key").isEmpty()) {
      return Optional.of(TenantSalt.Period.destroyed(from.get()));
    }
    try {
      byte[] key = Base64.getDecoder().decode(object.string("key").get());
      return Optional.of(TenantSalt.Period.of(from.get(), key));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static Reading<List<TenantSalt.Period>> malformed() {
    return new Reading.Unreadable<>("the salt keys are malformed");
  }
}
