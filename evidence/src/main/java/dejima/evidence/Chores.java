package dejima.evidence;

import dejima.evidence.journal.Journal;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// What a new segment brings to do besides writing it: the index files of those before, and a file
/// of zeros for the next. On a thread of its own, because it takes a while.
final class Chores implements AutoCloseable {
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

  /// A chore that fails is done again with the next segment, or in its place when that begins.
  private void run() {
    try {
      catalog.fileSealed();
      journal.prepare();
      trouble = Optional.empty();
    } catch (IOException e) {
      trouble = Optional.of("journal cannot be prepared for growth: " + e.getMessage());
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
