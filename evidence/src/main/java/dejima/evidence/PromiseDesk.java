package dejima.evidence;

import dejima.evidence.tree.Merkle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Signs promises: with one signature all that are asked for while a batch's receivers hear that
/// they are durable, and any other one at once.
final class PromiseDesk {
  private final LogSettings settings;
  private List<Wanted> wanted = new ArrayList<>();
  private boolean gathering;

  private record Wanted(Promise promise, CompletableFuture<SignedPromise> signed) {}

  PromiseDesk(LogSettings settings) {
    this.settings = settings;
  }

  /// Receivers are about to hear; what they ask for waits for [#signGathered()].
  synchronized void gather() {
    gathering = true;
  }

  /// The signature for a promise.
  CompletionStage<SignedPromise> sign(Promise promise) {
    var one = new Wanted(promise, new CompletableFuture<>());
    if (!joins(one)) {
      sign(List.of(one));
    }
    return one.signed();
  }

  private synchronized boolean joins(Wanted one) {
    return gathering && wanted.add(one);
  }

  /// Signs what was asked for since [#gather()].
  void signGathered() {
    var together = taken();
    if (!together.isEmpty()) {
      sign(together);
    }
  }

  private synchronized List<Wanted> taken() {
    gathering = false;
    var taken = wanted;
    wanted = new ArrayList<>();
    return taken;
  }

  private void sign(List<Wanted> together) {
    try {
      var promises = new ArrayList<Promise>(together.size());
      together.forEach(one -> promises.add(one.promise()));
      var signed = sign(promises, settings);
      for (int i = 0; i < signed.size(); i++) {
        together.get(i).signed().complete(signed.get(i));
      }
    } catch (RuntimeException e) {
      together.forEach(one -> one.signed().completeExceptionally(e)); // the signer is broken
    }
  }

  /// Signs promises together.
  static List<SignedPromise> sign(List<Promise> together, LogSettings settings) {
    var leaves = new ArrayList<byte[]>(together.size());
    together.forEach(one -> leaves.add(one.leafHash()));
    var tree = Merkle.over(leaves);
    int count = together.size();
    long time = settings.clock().millis();
    byte[] message = SignedPromise.message(settings.origin(), count, tree.root(), time);
    String signature = StrictBase64.text(settings.signer().sign(message));
    var signed = new ArrayList<SignedPromise>(count);
    for (int i = 0; i < count; i++) {
      var one = together.get(i);
      var path = tree.path(i).stream().map(StrictBase64::text).toList();
      signed.add(new SignedPromise(one.index(), one.bodyHash(), time, i, count, path, signature));
    }
    return signed;
  }
}
