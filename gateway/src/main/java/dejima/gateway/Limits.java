package dejima.gateway;

/// What one key may use; 0 means no limit.
///
/// @param requestsPerMinute requests in any minute
/// @param tokensPerMinute input and output tokens in any minute
/// @param concurrent requests under way at once
public record Limits(int requestsPerMinute, long tokensPerMinute, int concurrent) {
  /// No limit at all.
  public static final Limits NONE = new Limits(0, 0, 0);

  /// Refuses negative limits.
  public Limits {
    if (requestsPerMinute < 0 || tokensPerMinute < 0 || concurrent < 0) {
      throw new IllegalArgumentException("a limit is a whole number from 0 (none) upwards");
    }
  }
}
