package dejima.server.admin;

import dejima.evidence.Json;
import dejima.gateway.Limits;
import dejima.residency.DataClass;
import dejima.residency.DataClassReading;
import dejima.server.keys.KeyDesk;
import dejima.server.keys.KeyRequest;
import dejima.server.keys.KeyRow;
import dejima.server.keys.KeyStore;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Keys as the admin plane writes and reads them.
final class KeyJson {
  private static final Set<String> KNOWN =
      Set.of(
          "tenant",
          "project",
          "defaultClass",
          "requestsPerMinute",
          "tokensPerMinute",
          "concurrent",
          "expires");

  private final Json.Obj body;
  private final List<String> mistakes = new ArrayList<>();

  private KeyJson(Json.Obj body) {
    this.body = body;
  }

  /// What reading a request for a key gave.
  sealed interface RequestReading {
    /// It can be made.
    record Understood(KeyRequest request) implements RequestReading {}

    /// It cannot, for all of these reasons.
    record Mistaken(List<String> mistakes) implements RequestReading {}
  }

  static Json row(KeyRow row) {
    Json.Members members =
        Json.object()
            .put("id", row.credential().id())
            .put("tenant", row.tenantName())
            .put("pseudonym", row.credential().tenant())
            .put("project", row.credential().project())
            .put("requestsPerMinute", row.credential().limits().requestsPerMinute())
            .put("tokensPerMinute", row.credential().limits().tokensPerMinute())
            .put("concurrent", row.credential().limits().concurrent())
            .put("created", row.created().toString());
    row.credential().defaultClass().ifPresent(floor -> members.put("defaultClass", floor.label()));
    row.credential().expires().ifPresent(end -> members.put("expires", end.toString()));
    row.revoked().ifPresent(since -> members.put("revoked", since.toString()));
    return members.build();
  }

  static Json issued(KeyDesk.Issuing.Issued issued) {
    return Json.object()
        .put("id", issued.id())
        .put("key", issued.key())
        .put("pseudonym", issued.pseudonym())
        .build();
  }

  static Json forgotten(KeyStore.Forgotten forgotten) {
    return Json.object()
        .put("pseudonym", forgotten.pseudonym())
        .put("keysRevoked", forgotten.keysRevoked())
        .put("since", forgotten.since().toString())
        .build();
  }

  static Json rotated(KeyDesk.Rotation rotation) {
    return Json.object()
        .put("pseudonym", rotation.pseudonym())
        .put("from", rotation.from().toString())
        .build();
  }

  static Json destroyed(KeyDesk.Earlier destroyed) {
    return Json.object()
        .put("pseudonym", destroyed.salts().pseudonym())
        .put("periods", destroyed.salts().periods())
        .put("kept", destroyed.salts().kept())
        .put("imported", destroyed.imported())
        .build();
  }

  static RequestReading request(Json json) {
    return json instanceof Json.Obj body
        ? new KeyJson(body).read()
        : new RequestReading.Mistaken(List.of("the body must be an object"));
  }

  private RequestReading read() {
    body.forEach((name, _) -> {
      if (!KNOWN.contains(name)) {
        mistakes.add(name + ": is not a setting; there are " + KNOWN.stream().sorted().toList());
      }
    });
    String tenant = text("tenant").orElse("default");
    String project = text("project").orElse("default");
    Optional<DataClass> floor = text("defaultClass").flatMap(this::dataClass);
    Limits limits =
        new Limits(
            (int) number("requestsPerMinute", Integer.MAX_VALUE),
            number("tokensPerMinute", Long.MAX_VALUE),
            (int) number("concurrent", Integer.MAX_VALUE));
    Optional<Instant> expires = text("expires").flatMap(this::instant);
    try {
      KeyRequest request = new KeyRequest(tenant, project, floor, limits, expires);
      return mistakes.isEmpty()
          ? new RequestReading.Understood(request)
          : new RequestReading.Mistaken(mistakes);
    } catch (IllegalArgumentException wrong) {
      mistakes.add(wrong.getMessage());
      return new RequestReading.Mistaken(mistakes);
    }
  }

  private Optional<String> text(String name) {
    Optional<String> text = body.string(name);
    if (text.isEmpty() && body.get(name).isPresent()) {
      mistakes.add(name + ": must be a text");
    }
    return text;
  }

  private long number(String name, long most) {
    Optional<Long> number = body.integer(name).filter(value -> value >= 0 && value <= most);
    if (number.isEmpty() && body.get(name).isPresent()) {
      mistakes.add(name + ": must be a whole number from 0 (no limit)");
    }
    return number.orElse(0L);
  }

  private Optional<DataClass> dataClass(String label) {
    return switch (DataClass.read(label)) {
      case DataClassReading.Read(DataClass dataClass) -> Optional.of(dataClass);
      case DataClassReading.Unreadable(String reason) -> {
        mistakes.add("defaultClass: " + reason);
        yield Optional.empty();
      }
    };
  }

  private Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException notATime) {
      mistakes.add("expires: must be a time such as 2027-03-31T15:00:00Z");
      return Optional.empty();
    }
  }
}
