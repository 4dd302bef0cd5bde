package dejima.server.console;

import dejima.evidence.EntryChoice;
import dejima.evidence.Json;
import dejima.evidence.Kind;
import dejima.evidence.LoggedEntry;
import dejima.evidence.RequestIds;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which entries a visitor looks for. What is empty does not restrict.
///
/// @param id exactly this id, whatever it records
/// @param from not before
/// @param until not after
/// @param tenant the pseudonym
/// @param model the model that was asked for
/// @param site a site of some attempt
/// @param dataClass names that the class must have, as in `confidentiality-2`, `personal`
/// @param kinds outcomes, refusals or both
/// @param below the index below which to look
record ReceiptQuery(
    String id,
    Optional<Instant> from,
    Optional<Instant> until,
    String tenant,
    String model,
    String site,
    Set<String> dataClass,
    Set<Kind> kinds,
    long below) {
  private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");
  private static final int LONGEST = 200;

  /// What came of reading an address.
  sealed interface Understanding {
    /// It makes sense.
    record Understood(ReceiptQuery query) implements Understanding {}

    /// It does not.
    ///
    /// @param field the one that is wrong
    record Mistaken(String field) implements Understanding {}
  }

  /// Reads the fields of the page's form, of which any may be missing or anything at all.
  static Understanding of(Map<String, String> fields) {
    for (Map.Entry<String, String> field : fields.entrySet()) {
      if (field.getValue().length() > LONGEST) {
        return new Understanding.Mistaken(field.getKey());
      }
    }
    String id = text(fields, "id");
    if (!id.isEmpty() && !RequestIds.isId(id)) {
      return new Understanding.Mistaken("id");
    }
    Optional<Set<Kind>> kinds = kinds(text(fields, "kind"));
    if (kinds.isEmpty()) {
      return new Understanding.Mistaken("kind");
    }
    String field = "from";
    try {
      Optional<Instant> from = time(text(fields, "from"));
      field = "until";
      Optional<Instant> until = time(text(fields, "until"));
      field = "below";
      String below = text(fields, "below");
      return new Understanding.Understood(
          new ReceiptQuery(
              id,
              from,
              until,
              text(fields, "tenant"),
              text(fields, "model"),
              text(fields, "site"),
              names(text(fields, "class")),
              kinds.get(),
              below.isEmpty() ? Long.MAX_VALUE : Long.parseUnsignedLong(below)));
    } catch (DateTimeParseException | NumberFormatException unreadable) {
      return new Understanding.Mistaken(field);
    }
  }

  private static String text(Map<String, String> fields, String name) {
    return fields.getOrDefault(name, "").strip();
  }

  /// A time of day in Japan, as browsers' fields have it.
  private static Optional<Instant> time(String text) {
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(LocalDateTime.parse(text).atZone(JAPAN).toInstant());
  }

  private static Optional<Set<Kind>> kinds(String word) {
    return switch (word) {
      case "" -> Optional.of(Set.of(Kind.OUTCOME, Kind.REFUSAL));
      case "outcome" -> Optional.of(Set.of(Kind.OUTCOME));
      case "refusal" -> Optional.of(Set.of(Kind.REFUSAL));
      default -> Optional.empty();
    };
  }

  private static Set<String> names(String label) {
    return label.isEmpty()
        ? Set.of()
        : Set.copyOf(List.of(label.split("\\+", -1)).stream().distinct().toList());
  }

  /// What can be told without reading an entry.
  EntryChoice choice() {
    return (kind, pseudonym) ->
        kinds.contains(kind) && (tenant.isEmpty() || tenant.equals(pseudonym));
  }

  /// Whether an entry of the right kind, tenant and time is one of these.
  boolean matches(LoggedEntry entry) {
    Json.Obj body = entry.body();
    return (model.isEmpty() || body.string("model").filter(model::equals).isPresent())
        && (site.isEmpty() || sites(body).contains(site))
        && (dataClass.isEmpty()
            || body.string("dataClass")
                .filter(label -> List.of(label.split("\\+", -1)).containsAll(dataClass))
                .isPresent());
  }

  /// The sites of all attempts that an entry names, in their order.
  static List<String> sites(Json.Obj body) {
    return body.objects("attempts").stream()
        .flatMap(attempt -> attempt.string("site").stream())
        .toList();
  }
}
