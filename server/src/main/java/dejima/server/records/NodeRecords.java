package dejima.server.records;

import dejima.evidence.Entry;
import dejima.evidence.EvidenceLog;
import dejima.evidence.Json;
import dejima.evidence.Kind;
import dejima.evidence.Promise;
import dejima.evidence.RequestIds;
import dejima.gateway.GroundEntry;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Entries that are about the node rather than about a request. They stand in a sequence of their
/// own, under the name `node`.
///
/// @param log records them
/// @param ids names them
public record NodeRecords(EvidenceLog log, RequestIds ids) {
  private static final String NODE = "node";
  private static final int SECONDS_TO_RECORD = 10;

  /// Records; the future ends when the entry is durable, or with the log's failure.
  public CompletableFuture<Promise> append(Kind kind, Json.Obj facts) {
    return append(ids.next(), kind, facts);
  }

  /// As [#append(Kind, Json.Obj)], under an id that was drawn before.
  public CompletableFuture<Promise> append(String id, Kind kind, Json.Obj facts) {
    return log.append(new Entry(id, kind, NODE, facts));
  }

  /// Records and waits until the entry is durable.
  ///
  /// @throws java.util.concurrent.CompletionException if it cannot be made durable
  public void record(Kind kind, Json.Obj facts) {
    append(kind, facts).orTimeout(SECONDS_TO_RECORD, TimeUnit.SECONDS).join();
  }

  /// Records what bears a site's evidence level, and says how other entries name it.
  public CompletableFuture<GroundEntry> appendGround(Kind kind, Json.Obj facts) {
    String id = ids.next();
    return append(id, kind, facts)
        .thenApply(promise -> new GroundEntry(kind, id, promise.bodyHash()));
  }

  /// The entry of an id as other entries name it, if the log still has it.
  public Optional<GroundEntry> ground(Kind kind, String id) {
    return log.find(id).stream()
        .filter(found -> found.is(kind))
        .findFirst()
        .map(found -> new GroundEntry(kind, id, found.bodyHash()));
  }
}
