package dejima.evidence;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Publishes a tree head a while after something new is durable, on a thread of its own that sleeps
/// while nothing is.
final class TreeHeads implements AutoCloseable {
  /// How much of the interval a first entry waits for company.
  private static final int GATHERING = 5;

  private final LogSettings settings;
  private final Publisher publisher;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final Thread thread;
  private List<Step> inbox = new ArrayList<>();
  private boolean closing;
  private volatile Optional<String> trouble = Optional.empty();

  /// What became durable, in order.
  private sealed interface Step {}

  /// Entries, by their body hashes one after the other.
  private static final class Grown implements Step {
    private final byte[] bodyHashes;

    private Grown(byte[] bodyHashes) {
      this.bodyHashes = bodyHashes;
    }
  }

  /// A new segment began.
  private record Rolled(Waypoint start) implements Step {}

  /// @param publisher which has published everything that is durable so far
  TreeHeads(LogSettings settings, Publisher publisher) {
    this.settings = settings;
    this.publisher = publisher;
    this.thread = Thread.ofPlatform().daemon().name("dejima-tree-heads").start(this::run);
  }

  /// @param bodyHashes the hashes of new entries, one after the other
  void grown(byte[] bodyHashes) {
    add(new Grown(bodyHashes));
  }

  void rolled(Waypoint start) {
    add(new Rolled(start));
  }

  private void add(Step step) {
    lock.lock();
    try {
      if (inbox.isEmpty()) {
        news.signal();
      }
      inbox.add(step);
    } finally {
      lock.unlock();
    }
  }

  Publisher.Published published() {
    return publisher.published();
  }

  Optional<String> trouble() {
    return trouble;
  }

  /// A tree head that fails is tried again after the interval.
  private void run() {
    long last = System.nanoTime() - settings.headInterval().toNanos();
    var unfiled = new ArrayList<Snapshot>();
    boolean more = true;
    while (more) {
      more = gather(last);
      try {
        take(unfiled);
        publisher.publish();
        for (var snapshot : unfiled) {
          publisher.file(snapshot);
        }
        unfiled.clear();
        trouble = Optional.empty();
      } catch (IOException | RuntimeException e) {
        trouble = Optional.of("tree head is late: " + e.getMessage());
      }
      last = System.nanoTime();
    }
  }

  /// Waits for something new and then for its company.
  ///
  /// @return false when the log is closing
  private boolean gather(long last) {
    long interval = settings.headInterval().toNanos();
    lock.lock();
    try {
      while (inbox.isEmpty() && !closing && trouble.isEmpty()) {
        news.awaitUninterruptibly();
      }
      long now = System.nanoTime();
      long wait = Math.max(interval / GATHERING, interval - (now - last));
      while (wait > 0 && !closing) {
        wait = news.awaitNanos(wait);
      }
      return !closing;
    } catch (InterruptedException e) {
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void take(List<Snapshot> unfiled) {
    List<Step> steps;
    lock.lock();
    try {
      steps = inbox;
      inbox = new ArrayList<>();
    } finally {
      lock.unlock();
    }
    for (var step : steps) {
      switch (step) {
        case Grown grown -> publisher.addAll(grown.bodyHashes);
        case Rolled(Waypoint start) -> unfiled.add(publisher.snapshot(start));
      }
    }
  }

  /// Publishes what is there and stops.
  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      news.signal();
    } finally {
      lock.unlock();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
