package dejima.agent.http;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// How many bytes of one answer may wait for the gateway to read them; holds the engine's thread
/// back when they are too many.
final class Window {
  private static final int MOST_BYTES = 256 * 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Duration patience;
  private long waiting;
  private boolean closed;

  Window(Duration patience) {
    this.patience = patience;
  }

  /// Takes room for bytes, waiting for it; whether it was given in time and the window is open.
  boolean take(int bytes) {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (!closed && waiting > MOST_BYTES && left > 0) {
        left = changed.awaitNanos(left);
      }
      waiting += bytes;
      return !closed && waiting - bytes <= MOST_BYTES;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /// Gives the room of bytes back that have left.
  void give(int bytes) {
    lock.lock();
    try {
      waiting -= bytes;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Lets nobody wait any longer.
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
