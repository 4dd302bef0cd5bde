package dejima.evidence;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/// The entries that wait for the one thread that writes. Any thread adds and none is held up; the
/// writer rests without using the processor and is woken only when it has to be.
final class EntryQueue {
  private static final long COMPANY_NANOS = 5_000_000;

  private final int capacity;
  private final Queue<Batch.Pending> entries = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();
  private final AtomicBoolean urgent = new AtomicBoolean();
  private final AtomicReference<Rest> rest = new AtomicReference<>(Rest.NONE);
  private final Thread writer;
  private volatile boolean closed;

  /// What the writer does when it does nothing.
  private enum Rest {
    /// It works.
    NONE,
    /// It waits for any entry.
    IDLE,
    /// It leaves entries for which nobody waits, and gives others time to join them.
    FOR_COMPANY
  }

  /// @param capacity how many entries may wait
  /// @param writer the only thread that will take and rest
  EntryQueue(int capacity, Thread writer) {
    this.capacity = capacity;
    this.writer = writer;
  }

  /// Adds an entry for which somebody waits.
  ///
  /// @return whether there was room
  boolean add(Batch.Pending pending) {
    boolean added = enqueue(pending);
    if (added) {
      urgent.set(true);
      wake();
    }
    return added;
  }

  /// Adds an entry for which nobody waits.
  ///
  /// @return whether there was room
  boolean addLater(Batch.Pending pending) {
    boolean added = enqueue(pending);
    if (added && rest.get() == Rest.IDLE) {
      wake();
    }
    return added;
  }

  private boolean enqueue(Batch.Pending pending) {
    if (size.incrementAndGet() > capacity) {
      size.decrementAndGet();
      return false;
    }
    entries.add(pending);
    return true;
  }

  private void wake() {
    if (rest.get() != Rest.NONE
        && (rest.compareAndSet(Rest.IDLE, Rest.NONE)
            || rest.compareAndSet(Rest.FOR_COMPANY, Rest.NONE))) {
      LockSupport.unpark(writer);
    }
  }

  /// Takes the next entry.
  Optional<Batch.Pending> poll() {
    var next = Optional.ofNullable(entries.poll());
    if (next.isPresent()) {
      size.decrementAndGet();
    }
    return next;
  }

  /// How many wait.
  int size() {
    return size.get();
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /// Rests until there is an entry or the queue is closed.
  void awaitEntry() {
    rest.set(Rest.IDLE); // said before looking once more, so that no entry is overlooked
    if (entries.isEmpty() && !closed) {
      LockSupport.park(this);
    }
    rest.set(Rest.NONE);
  }

  /// Rests a while if nobody waits for what is there and it is less than a batch.
  void awaitCompany(int batch) {
    if (!urgent.get() && size.get() < batch) {
      rest.set(Rest.FOR_COMPANY);
      if (!urgent.get() && !closed) {
        LockSupport.parkNanos(this, COMPANY_NANOS);
      }
      rest.set(Rest.NONE);
    }
    urgent.set(false);
  }

  /// Lets entries gather for this long without being woken by them: when many come at once, fewer
  /// and larger batches cost less than they delay.
  void gather(long nanos) {
    if (!closed) {
      LockSupport.parkNanos(this, nanos);
    }
  }

  /// What a batch had no room for may be waited for.
  void batchIsFull() {
    urgent.set(true);
  }

  /// The writer shall rest no more.
  void close() {
    closed = true;
    LockSupport.unpark(writer);
  }

  boolean isClosed() {
    return closed;
  }
}
