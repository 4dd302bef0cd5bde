package dejima.evidence.journal;

/// The 128 bits of a request's id, ordered as unsigned numbers and so by time.
///
/// @param high the upper half
/// @param low the lower half
public record RequestKey(long high, long low) implements Comparable<RequestKey> {
  @Override
  public int compareTo(RequestKey other) {
    int byHigh = Long.compareUnsigned(high, other.high);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
  }
}
