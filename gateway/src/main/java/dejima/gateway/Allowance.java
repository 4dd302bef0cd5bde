package dejima.gateway;

/// What is left of one key's [Limits]: two token buckets that refill evenly, and a count of
/// requests under way.
///
/// Tokens are reserved by estimate when a request starts and settled when it ends, so that a burst
/// cannot run past the limit while the answers are still being written.
public final class Allowance {
  private static final double NANOS_PER_MINUTE = 60e9;

  private final Limits limits;
  private double requests;
  private double tokens;
  private int underWay;
  private long refilledAt;

  /// A full allowance.
  ///
  /// @param limits what may be used
  /// @param nanoTime the monotonic clock's reading
  public Allowance(Limits limits, long nanoTime) {
    this.limits = limits;
    this.requests = limits.requestsPerMinute();
    this.tokens = limits.tokensPerMinute();
    this.refilledAt = nanoTime;
  }

  /// Whether a request may start.
  public sealed interface Grant {
    /// It may; [Allowance#settle] must follow.
    ///
    /// @param reserved tokens set aside
    record Granted(long reserved) implements Grant {}

    /// It may not.
    ///
    /// @param limit which limit is used up
    /// @param retryAfterSeconds when one request would fit again
    record Exceeded(String limit, int retryAfterSeconds) implements Grant {}
  }

  /// Takes one request and `estimate` tokens out of the allowance, or says which limit is used up.
  ///
  /// @param estimate tokens that the request may use; an overflown sum, which is negative, counts
  ///   as more than any limit
  public synchronized Grant start(long estimate, long nanoTime) {
    refill(nanoTime);
    if (limits.concurrent() > 0 && underWay >= limits.concurrent()) {
      return new Grant.Exceeded("concurrent requests", 1);
    }
    if (limits.requestsPerMinute() > 0 && requests < 1) {
      return new Grant.Exceeded(
          "requests per minute", wait(1 - requests, limits.requestsPerMinute()));
    }
    long reserved = reserve(estimate);
    if (reserved > tokens) {
      return new Grant.Exceeded(
          "tokens per minute", wait(reserved - tokens, (double) limits.tokensPerMinute()));
    }
    requests -= 1;
    tokens -= reserved;
    underWay++;
    return new Grant.Granted(reserved);
  }

  private long reserve(long estimate) {
    return estimate < 0 ? limits.tokensPerMinute() : Math.min(estimate, limits.tokensPerMinute());
  }

  /// Ends a request that was granted, replacing its estimate by what it used.
  public synchronized void settle(long reserved, long used) {
    underWay--;
    if (limits.tokensPerMinute() > 0) {
      tokens = Math.min((double) limits.tokensPerMinute(), tokens + reserved - used);
    }
  }

  private void refill(long nanoTime) {
    // Several event loops read the clock before they come here, so its readings can come late.
    if (nanoTime - refilledAt <= 0) {
      return;
    }
    double minutes = (nanoTime - refilledAt) / NANOS_PER_MINUTE;
    refilledAt = nanoTime;
    requests =
        Math.min(limits.requestsPerMinute(), requests + minutes * limits.requestsPerMinute());
    tokens =
        Math.min((double) limits.tokensPerMinute(), tokens + minutes * limits.tokensPerMinute());
  }

  private static int wait(double missing, double perMinute) {
    return (int) Math.max(1, Math.ceil(missing / perMinute * 60));
  }
}
