package dejima.gateway;

/// Keeps requests away from a site that keeps failing, and lets one through now and then to see
/// whether it has recovered.
///
/// The pause doubles with every failed trial up to a limit; a site's own `Retry-After` is honoured
/// when it is longer.
public final class CircuitBreaker {
  private static final int FAILURES_TO_OPEN = 3;
  private static final long FIRST_PAUSE = 500_000_000L;
  private static final long LONGEST_PAUSE = 30_000_000_000L;

  private int failures;
  private long pause = FIRST_PAUSE;
  private long closedUntil;
  private boolean open;
  private boolean trial;

  /// A breaker that lets everything through.
  public CircuitBreaker() {}

  /// Whether a request may go to the site now; a `true` while open is the one trial.
  public synchronized boolean tryPass(long nanoTime) {
    if (!open) {
      return true;
    }
    if (trial || nanoTime - closedUntil < 0) {
      return false;
    }
    trial = true;
    return true;
  }

  /// Whether the pause of an open breaker is over, so that the one trial may be made.
  synchronized boolean isDue(long nanoTime) {
    return open && !trial && nanoTime - closedUntil >= 0;
  }

  /// Whether requests are being kept away.
  public synchronized boolean isOpen() {
    return open;
  }

  /// The site answered. An answer to a request from before the pause does not end the pause.
  public synchronized void succeeded() {
    if (open && !trial) {
      return;
    }
    failures = 0;
    pause = FIRST_PAUSE;
    open = false;
    trial = false;
  }

  /// The site failed.
  public synchronized void failed(long nanoTime) {
    failures++;
    if (trial) {
      pause = Math.min(LONGEST_PAUSE, pause * 2);
    }
    if (trial || failures >= FAILURES_TO_OPEN) {
      openFor(pause, nanoTime);
    }
  }

  /// The site asked to be left alone for a while.
  public synchronized void rest(long nanos, long nanoTime) {
    openFor(Math.max(pause, Math.min(nanos, LONGEST_PAUSE * 10)), nanoTime);
  }

  /// A trial ended without telling anything, as when the client went away.
  public synchronized void undecided() {
    trial = false;
  }

  private void openFor(long nanos, long nanoTime) {
    open = true;
    trial = false;
    closedUntil = nanoTime + nanos;
  }
}
