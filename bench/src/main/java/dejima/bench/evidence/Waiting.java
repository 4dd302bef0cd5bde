package dejima.bench.evidence;

import dejima.evidence.AppendFailure;
import dejima.evidence.EvidenceLog;
import dejima.evidence.Promise;
import java.util.concurrent.CompletableFuture;

/// A receiver for whose news its thread waits.
final class Waiting implements EvidenceLog.Receiver {
  private final CompletableFuture<Promise> result = new CompletableFuture<>();

  /// The promise, once the entry is durable.
  Promise promise() {
    return result.join();
  }

  @Override
  public void durable(Promise promise) {
    result.complete(promise);
  }

  @Override
  public void failed(AppendFailure failure) {
    result.completeExceptionally(failure);
  }
}
