package dejima.evidence;

import dejima.evidence.journal.Journal;
import dejima.evidence.journal.RequestKey;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// The only thread that writes the journal. All entries that came while one batch was made durable
/// go into the next, so the more wait, the fewer disk writes each costs.
final class Committer implements AutoCloseable {
  private static final int MAX_BATCH_ENTRIES = 1024;
  private static final int SEGMENT_REST = 1 << 14;
  private static final long ROLL_RETRY_NANOS = 100_000_000;
  private static final long COMPANY_NANOS = 5_000_000;

  private final LogSettings settings;
  private final Journal journal;
  private final Chain chain;
  private final Set<RequestKey> open;
  private final Catalog catalog;
  private final Listener listener;
  private final Batch batch;
  private final Queue<Batch.Pending> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicBoolean urgent = new AtomicBoolean();
  private final AtomicReference<Rest> rest = new AtomicReference<>(Rest.NONE);
  private final Thread thread;
  private Optional<Batch.Pending> carried = Optional.empty();
  private long rollAgainAt;
  private volatile boolean closing;
  private volatile Optional<String> trouble = Optional.empty();

  /// What the thread does when it does nothing.
  private enum Rest {
    /// It works.
    NONE,
    /// It waits for any entry.
    IDLE,
    /// It holds entries for which nobody waits, and gives others time to join them.
    FOR_COMPANY
  }

  /// Hears, on the committer's thread, what became durable.
  interface Listener {
    /// These entries, in order.
    void durable(List<Batch.Item> items);

    /// The log goes on in a new segment, from this state.
    void rolled(Waypoint start);

    /// The signature for a promise.
    CompletionStage<SignedPromise> sign(Promise promise);
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
  }

  void start() {
    thread.start();
  }

  void append(Entry entry, EvidenceLog.Receiver receiver) {
    if (enqueue(entry, receiver)) {
      urgent.set(true);
      wake();
    }
  }

  void appendLater(Entry entry, EvidenceLog.Receiver receiver) {
    if (enqueue(entry, receiver) && rest.get() == Rest.IDLE) {
      wake();
    }
  }

  private boolean enqueue(Entry entry, EvidenceLog.Receiver receiver) {
    if (closing) {
      receiver.failed(closed());
      return false;
    }
    if (waiting.incrementAndGet() > settings.queueCapacity()) {
      waiting.decrementAndGet();
      receiver.failed(new AppendFailure.QueueFull(settings.queueCapacity()));
      return false;
    }
    queue.add(new Batch.Pending(entry, receiver));
    if (closing && !thread.isAlive()) {
      refuseLate();
    }
    return true;
  }

  private static AppendFailure closed() {
    return new AppendFailure.LogUnavailable("it is closed");
  }

  private void wake() {
    if (rest.get() != Rest.NONE
        && (rest.compareAndSet(Rest.IDLE, Rest.NONE)
            || rest.compareAndSet(Rest.FOR_COMPANY, Rest.NONE))) {
      LockSupport.unpark(thread);
    }
  }

  Optional<String> trouble() {
    return trouble;
  }

  private void run() {
    while (!closing || !queue.isEmpty() || carried.isPresent()) {
      if (queue.isEmpty() && carried.isEmpty()) {
        rest(Rest.IDLE);
      } else {
        awaitCompany();
        urgent.set(false);
        commitNext();
      }
    }
  }

  private void awaitCompany() {
    if (carried.isEmpty() && !urgent.get() && waiting.get() < MAX_BATCH_ENTRIES) {
      rest(Rest.FOR_COMPANY);
    }
  }

  /// Says first that it rests and looks once more then, so that no entry is overlooked.
  private void rest(Rest how) {
    rest.set(how);
    switch (how) {
      case IDLE -> {
        if (queue.isEmpty() && !closing) {
          LockSupport.park(this);
        }
      }
      case FOR_COMPANY -> {
        if (!urgent.get() && !closing) {
          LockSupport.parkNanos(this, COMPANY_NANOS);
        }
      }
      case NONE -> {}
    }
    rest.set(Rest.NONE);
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

  /// A full queue is emptied by one roll that fails as by any other failure: whoever waits hears
  /// it.
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
    var next = Optional.ofNullable(queue.poll());
    if (next.isPresent()) {
      waiting.decrementAndGet();
    }
    return next;
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
    for (var item : items) {
      catalog.add(journal.segment(), item.key(), start + item.offset());
      if (item.kind() == Kind.INTENT) {
        open.add(item.key());
      } else if (item.kind().ends()) {
        open.remove(item.key());
      }
    }
    listener.durable(items);
    if (!queue.isEmpty()) {
      urgent.set(true); // what did not fit may be waited for
    }
    for (var item : items) {
      var promise = new Promise(index++, item.hash(), listener::sign);
      tell(item.receiver(), receiver -> receiver.durable(promise));
    }
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
      for (int left = waiting.get(); left >= 0; left--) {
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
    closing = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    refuseLate();
  }

  private void refuseLate() {
    for (var late = queue.poll(); late != null; late = queue.poll()) {
      fail(late, closed());
    }
  }
}
