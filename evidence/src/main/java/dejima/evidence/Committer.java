package dejima.evidence;

import dejima.evidence.journal.Journal;
import dejima.evidence.journal.RequestKey;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// The only thread that writes the journal. All entries that came while one batch was made durable
/// go into the next, so the more wait, the fewer disk writes each costs. Where several requests
/// come at once it even waits a moment for more of them; a request that is alone never waits.
final class Committer implements AutoCloseable {
  private static final int MAX_BATCH_ENTRIES = 1024;
  private static final int SEGMENT_REST = 1 << 14;
  private static final int CROWD = 2;
  private static final long GATHER_NANOS = 120_000;
  private static final long ROLL_RETRY_NANOS = 100_000_000;

  private final LogSettings settings;
  private final Journal journal;
  private final Chain chain;
  private final Set<RequestKey> open;
  private final Catalog catalog;
  private final Listener listener;
  private final Batch batch;
  private final EntryQueue queue;
  private final Thread thread;
  private Optional<Batch.Pending> carried = Optional.empty();
  private int intentsTogether;
  private long rollAgainAt;
  private volatile Optional<String> trouble = Optional.empty();

  /// Hears, on the committer's thread, what became durable.
  interface Listener {
    /// These entries, in order.
    void durable(List<Batch.Item> items);

    /// The log goes on in a new segment, from this state.
    void rolled(Waypoint start);

    /// The signature for a promise.
    CompletionStage<SignedPromise> sign(Promise promise);

    /// Receivers are about to hear of a batch, and may ask for signatures.
    void telling();

    /// All of them have heard.
    void told();
  }

  Committer(
      LogSettings settings,
      Journal journal,
      Chain chain,
      Set<RequestKey> open,
      Catalog catalog,
      Listener listener) {
    this.settings = settings;
    this.journal = journal;
    this.chain = chain;
    this.open = open;
    this.catalog = catalog;
    this.listener = listener;
    this.batch = new Batch(chain);
    this.rollAgainAt = System.nanoTime();
    this.thread = Thread.ofPlatform().daemon().name("dejima-evidence").unstarted(this::run);
    this.queue = new EntryQueue(settings.queueCapacity(), thread);
  }

  void start() {
    thread.start();
  }

  void append(Entry entry, EvidenceLog.Receiver receiver) {
    admit(new Batch.Pending(entry, receiver), queue::add);
  }

  void appendLater(Entry entry, EvidenceLog.Receiver receiver) {
    admit(new Batch.Pending(entry, receiver), queue::addLater);
  }

  private void admit(Batch.Pending pending, Predicate<Batch.Pending> door) {
    if (queue.isClosed()) {
      pending.receiver().failed(closed());
    } else if (!door.test(pending)) {
      pending.receiver().failed(new AppendFailure.QueueFull(settings.queueCapacity()));
    } else if (queue.isClosed() && !thread.isAlive()) {
      refuseLate(); // it came in while the log was closing
    }
  }

  private static AppendFailure closed() {
    return new AppendFailure.LogUnavailable("it is closed");
  }

  Optional<String> trouble() {
    return trouble;
  }

  private void run() {
    while (!queue.isClosed() || !queue.isEmpty() || carried.isPresent()) {
      if (queue.isEmpty() && carried.isEmpty()) {
        queue.awaitEntry();
      } else {
        queue.awaitCompany(carried.isPresent() ? 0 : MAX_BATCH_ENTRIES);
        if (intentsTogether >= CROWD) {
          queue.gather(GATHER_NANOS);
        }
        commitNext();
      }
    }
  }

  private void commitNext() {
    batch.start(journal.nextIndex(), journal.checksum());
    try {
      if (journal.room() < SEGMENT_REST) {
        roll();
      }
      fill();
      if (!batch.items().isEmpty()) {
        commit();
      }
    } catch (IOException e) {
      fail(e);
    }
  }

  private void roll() throws IOException {
    if (System.nanoTime() - rollAgainAt < 0) {
      throw new IOException(trouble.orElse("no room"));
    }
    rollAgainAt = System.nanoTime() + ROLL_RETRY_NANOS;
    journal.roll();
    rollAgainAt = System.nanoTime();
    listener.rolled(new Waypoint(journal.nextIndex(), chain.snapshot(), Set.copyOf(open)));
  }

  private void fill() {
    long time = settings.clock().millis();
    int limit = Math.min(journal.room(), Journal.MAX_BATCH);
    for (var next = take(); next.isPresent(); next = take()) {
      switch (batch.add(next.get(), time, limit)) {
        case YES -> {}
        case TOO_LARGE -> fail(next.get(), new AppendFailure.EntryTooLarge());
        case FULL -> {
          carried = next;
          return;
        }
      }
      if (batch.items().size() == MAX_BATCH_ENTRIES) {
        return;
      }
    }
  }

  private Optional<Batch.Pending> take() {
    if (carried.isPresent()) {
      var next = carried;
      carried = Optional.empty();
      return next;
    }
    return queue.poll();
  }

  private void fail(Batch.Pending pending, AppendFailure failure) {
    tell(pending.receiver(), receiver -> receiver.failed(failure));
  }

  private void commit() throws IOException {
    int start = journal.offset();
    long index = journal.nextIndex();
    var items = batch.items();
    journal.append(batch.frames(), batch.length(), items.size(), batch.checksum());
    chain.commit();
    trouble = Optional.empty();
    intentsTogether = 0;
    for (var item : items) {
      catalog.add(journal.segment(), item.key(), start + item.offset());
      if (item.kind() == Kind.INTENT) {
        open.add(item.key());
        intentsTogether++;
      } else if (item.kind().ends()) {
        open.remove(item.key());
      }
    }
    listener.durable(items);
    if (!queue.isEmpty()) {
      queue.batchIsFull();
    }
    listener.telling();
    for (var item : items) {
      var promise = new Promise(index++, item.hash(), item.hashText(), listener::sign);
      tell(item.receiver(), receiver -> receiver.durable(promise));
    }
    listener.told();
  }

  /// A receiver that throws must not keep the others from hearing; its thread's handler hears it.
  private void tell(EvidenceLog.Receiver receiver, Consumer<EvidenceLog.Receiver> news) {
    try {
      news.accept(receiver);
    } catch (RuntimeException e) {
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }

  /// Nobody was told of these entries and the next batch takes their place and their numbers. Where
  /// there was not even a place for a batch, all who wait hear so.
  private void fail(IOException cause) {
    String why = String.valueOf(cause.getMessage());
    trouble = Optional.of(why);
    chain.rollBack();
    var failure = new AppendFailure.LogUnavailable(why);
    for (var item : batch.items()) {
      tell(item.receiver(), receiver -> receiver.failed(failure));
    }
    if (batch.items().isEmpty()) {
      for (int left = queue.size(); left >= 0; left--) {
        take().ifPresent(pending -> fail(pending, failure));
      }
    }
    reopen();
  }

  private void reopen() {
    try {
      journal.reopen();
    } catch (IOException e) {
      trouble = Optional.of(String.valueOf(e.getMessage())); // the next batch meets it again
    }
  }

  /// Waits until everything accepted is durable or refused.
  @Override
  public void close() {
    queue.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    refuseLate();
  }

  private void refuseLate() {
    for (var late = queue.poll(); late.isPresent(); late = queue.poll()) {
      fail(late.get(), closed());
    }
  }
}
