package dejima.server.console;

/// Counts since the program started.
record FeedTotals(long started, long finished, long refused) {

  /// How many requests are under way.
  long running() {
    return Math.max(0, started - finished);
  }
}
