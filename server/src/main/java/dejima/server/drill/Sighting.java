package dejima.server.drill;

import dejima.evidence.Json;
import dejima.evidence.Kind;
import dejima.evidence.LoggedEntry;
import dejima.residency.DataClass;
import dejima.residency.DataClassReading;
import dejima.residency.LegalGrounds;
import dejima.residency.RequestKind;
import dejima.residency.TransferBasis;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The end of a request, as the log has it.
///
/// @param work what kind of request it was
/// @param at when it ended
/// @param site where its last attempt went, if it left at all
/// @param tokens in and out
/// @param millis how long it took
record Sighting(Work work, Instant at, Optional<String> site, long tokens, long millis) {
  /// Whether it was let out.
  boolean left() {
    return site.isPresent();
  }

  /// Reads an entry; nothing if it ends no request, or one that this version cannot read.
  static Optional<Sighting> of(LoggedEntry entry) {
    if (!entry.is(Kind.OUTCOME) && !entry.is(Kind.REFUSAL)) {
      return Optional.empty();
    }
    Json.Obj body = entry.body();
    return work(body)
        .map(work ->
            new Sighting(
                work,
                Instant.ofEpochMilli(body.integer("time").orElse(0L)),
                lastSite(body),
                count(body, "inputTokens") + count(body, "outputTokens"),
                count(body, "durationMs")));
  }

  private static Optional<Work> work(Json.Obj body) {
    Optional<RequestKind> kind =
        body.string("operation")
            .flatMap(word ->
                Arrays.stream(RequestKind.values())
                    .filter(one -> one.word().equals(word))
                    .findFirst());
    Optional<DataClass> dataClass = body.string("dataClass").flatMap(Sighting::dataClass);
    Optional<String> model = body.string("model");
    if (kind.isEmpty() || dataClass.isEmpty() || model.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Work(
            body.string("tenant").orElse(""),
            body.string("project").orElse(""),
            model.get(),
            kind.get(),
            dataClass.get(),
            body.object("grounds").map(Sighting::grounds).orElse(LegalGrounds.NONE)));
  }

  private static Optional<DataClass> dataClass(String label) {
    return switch (DataClass.read(label)) {
      case DataClassReading.Read(DataClass known) -> Optional.of(known);
      case DataClassReading.Unreadable _ -> Optional.empty();
    };
  }

  private static LegalGrounds grounds(Json.Obj said) {
    return new LegalGrounds(
        said.string("statutoryTask").orElse(""),
        said.string("subcontractingPermission").orElse(""),
        said.string("transferBasis").flatMap(TransferBasis::read).orElse(TransferBasis.NONE));
  }

  private static Optional<String> lastSite(Json.Obj body) {
    List<Json> attempts = body.array("attempts").orElse(List.of());
    return attempts.isEmpty() || !(attempts.getLast() instanceof Json.Obj last)
        ? Optional.empty()
        : last.string("site");
  }

  private static long count(Json.Obj body, String name) {
    return Math.max(0, body.integer(name).orElse(0L));
  }
}
