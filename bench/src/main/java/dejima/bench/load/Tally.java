package dejima.bench.load;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// What a load has come to. Written by the event loop alone; read after the load has ended.
public final class Tally {
  private static final long LONGEST = TimeUnit.MINUTES.toNanos(1);
  private static final int DIGITS = 3;

  private final Histogram latency = new Histogram(LONGEST, DIGITS);
  private final Histogram firstByte = new Histogram(LONGEST, DIGITS);
  private long right;
  private long wrong;
  private long broken;
  private long reads;
  private long elapsed;

  /// Answers that were byte for byte as expected.
  ///
  /// @return a count
  public long right() {
    return right;
  }

  /// Answers with another status or another body.
  ///
  /// @return a count
  public long wrong() {
    return wrong;
  }

  /// Requests whose connection was refused or broke, or that had no answer when patience ended.
  ///
  /// @return a count
  public long broken() {
    return broken;
  }

  /// Network reads that brought a part of some answer; tells whether chunks arrive one by one or
  /// merged.
  ///
  /// @return a count
  public long reads() {
    return reads;
  }

  /// From the first request's start to the last answer's end.
  ///
  /// @return nanoseconds
  public long elapsed() {
    return elapsed;
  }

  /// From the request's due start to the answer's last byte, of right answers.
  ///
  /// @return nanoseconds
  public Histogram latency() {
    return latency;
  }

  /// From the request's due start to the first byte of the answer's body, of right answers.
  ///
  /// @return nanoseconds
  public Histogram firstByte() {
    return firstByte;
  }

  /// Right answers a second.
  ///
  /// @return the throughput
  public double perSecond() {
    return right * (double) TimeUnit.SECONDS.toNanos(1) / elapsed;
  }

  void countRight(long started, long first, long ended) {
    right++;
    latency.recordValue(Math.min(LONGEST, ended - started));
    firstByte.recordValue(Math.min(LONGEST, first - started));
  }

  void countWrong() {
    wrong++;
  }

  void countBroken() {
    broken++;
  }

  void countRead() {
    reads++;
  }

  void ended(long nanos) {
    elapsed = nanos;
  }
}
