package dejima.evidence;

import dejima.evidence.journal.Journal;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// What a new segment brings to do besides writing it: the index files of those before, and a file
/// of zeros for the next. On a thread of its own, because it takes a while.
final class Chores implements AutoCloseable {
  private static final int RETRY_MILLIS = 500;

  private final Journal journal;
  private final Catalog catalog;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("dejima-chores").factory());
  private volatile Optional<String> trouble = Optional.empty();

  Chores(Journal journal, Catalog catalog) {
    this.journal = journal;
    this.catalog = catalog;
  }

  void request() {
    thread.execute(this::run);
  }

  /// What fails is tried again later; the log meanwhile goes on until its segment is full.
  private void run() {
    try {
      catalog.fileSealed();
      journal.prepare();
      trouble = Optional.empty();
    } catch (IOException e) {
      trouble = Optional.of("journal cannot be prepared for growth: " + e.getMessage());
      CompletableFuture.delayedExecutor(RETRY_MILLIS, TimeUnit.MILLISECONDS, thread)
          .execute(this::run);
    }
  }

  Optional<String> trouble() {
    return trouble;
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
        trouble = Optional.of("chores do not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
