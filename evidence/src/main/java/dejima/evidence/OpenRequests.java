package dejima.evidence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// Closes the requests that a stopped process left with intents and no end: what became of them is
/// unknown, and the log says so.
final class OpenRequests {
  private static final Set<String> OF_ONE_ATTEMPT = Set.of("attempt", "site");
  private static final int AT_ONCE = 256;

  private final EvidenceLog log;

  OpenRequests(EvidenceLog log) {
    this.log = log;
  }

  void close(List<String> ids) {
    for (int from = 0; from < ids.size(); from += AT_ONCE) {
      var some = ids.subList(from, Math.min(from + AT_ONCE, ids.size()));
      var closings = some.stream().map(this::close).toList();
      closings.forEach(CompletableFuture::join);
    }
  }

  private CompletableFuture<Promise> close(String id) {
    var intents =
        log.find(id).stream()
            .filter(entry -> entry.is(Kind.INTENT))
            .sorted(Comparator.comparingLong(LoggedEntry::index))
            .toList();
    String tenant = intents.getLast().body().string("tenant").orElseThrow();
    var whole = new Entry(id, Kind.OUTCOME, tenant, facts(intents));
    var bare = new Entry(id, Kind.OUTCOME, tenant, end(intents).build());
    return log.append(whole)
        .exceptionallyCompose(failure ->
            failure instanceof AppendFailure.EntryTooLarge
                ? log.append(bare)
                : CompletableFuture.failedFuture(failure));
  }

  private static Json.Members end(List<LoggedEntry> intents) {
    return Json.object().put("attempts", attempts(intents)).put("finish", "unknown");
  }

  /// What the last intent says of the request as a whole holds for its end too.
  private static Json.Obj facts(List<LoggedEntry> intents) {
    var facts = end(intents);
    intents
        .getLast()
        .body()
        .forEach((name, value) -> {
          if (!Entry.ADDED.contains(name) && !OF_ONE_ATTEMPT.contains(name)) {
            facts.put(name, value);
          }
        });
    return facts.build();
  }

  private static Json attempts(List<LoggedEntry> intents) {
    var attempts = new ArrayList<Json>();
    for (var intent : intents) {
      attempts.add(
          Json.object()
              .put("attempt", intent.body().integer("attempt").orElse(attempts.size() + 1L))
              .put("site", ReceiptFacts.siteOf(intent.body()).orElse(""))
              .put("intent", intent.bodyHash())
              .put("result", "unknown")
              .build());
    }
    return Json.array(attempts);
  }
}
