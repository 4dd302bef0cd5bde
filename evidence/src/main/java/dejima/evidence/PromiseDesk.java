package dejima.evidence;

import dejima.evidence.tree.Merkle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;

/// Signs promises on a thread of its own, all that wait with one signature.
final class PromiseDesk implements AutoCloseable {
  private static final int MAX_TOGETHER = 1 << 14;

  private final LogSettings settings;
  private final LinkedBlockingQueue<Wanted> wanted = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean closed;

  private record Wanted(Promise promise, CompletableFuture<SignedPromise> signed) {}

  PromiseDesk(LogSettings settings) {
    this.settings = settings;
    this.thread = Thread.ofPlatform().daemon().name("dejima-promises").start(this::run);
  }

  CompletionStage<SignedPromise> sign(Promise promise) {
    var signed = new CompletableFuture<SignedPromise>();
    wanted.add(new Wanted(promise, signed));
    if (closed) {
      refuseRest();
    }
    return signed;
  }

  private void run() {
    var together = new ArrayList<Wanted>();
    try {
      while (!closed) {
        together.add(wanted.take());
        wanted.drainTo(together, MAX_TOGETHER - 1);
        sign(together);
        together.clear();
      }
    } catch (InterruptedException e) {
      refuseRest();
    }
  }

  private void sign(List<Wanted> together) {
    try {
      var signed = sign(together.stream().map(Wanted::promise).toList(), settings);
      for (int i = 0; i < signed.size(); i++) {
        together.get(i).signed().complete(signed.get(i));
      }
    } catch (RuntimeException e) {
      together.forEach(one -> one.signed().completeExceptionally(e)); // the signer is broken
    }
  }

  /// Signs promises together.
  static List<SignedPromise> sign(List<Promise> together, LogSettings settings) {
    var tree = Merkle.over(together.stream().map(Promise::leafHash).toList());
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

  private void refuseRest() {
    for (var one = wanted.poll(); one != null; one = wanted.poll()) {
      one.signed().completeExceptionally(new AppendFailure.LogUnavailable("it is closed"));
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
