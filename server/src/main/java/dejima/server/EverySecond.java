package dejima.server;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread that does the same tasks each second, whatever becomes of one of them, until it is
/// closed.
final class EverySecond implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EverySecond.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final Thread thread;

  /// Starts.
  EverySecond(Runnable... tasks) {
    this.thread =
        Thread.ofVirtual()
            .name("dejima-second")
            .start(() -> {
              while (pause()) {
                for (Runnable task : tasks) {
                  attempt(task);
                }
              }
            });
  }

  private static boolean pause() {
    try {
      Thread.sleep(PERIOD);
      return true;
    } catch (InterruptedException stopped) {
      return false;
    }
  }

  private static void attempt(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException failed) {
      LOG.warn("a periodic task failed and will be tried again: {}", failed.toString());
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
