package dejima.bench.measure;

/// A figure that each contender gets.
public enum Measure {
  /// CPU time of all its processes for one 1 KB request and answer.
  JSON_CPU("CPU per 1 KB request, 16 connections", Unit.MICROSECONDS, Scale.RATIO),
  /// Requests a second at that load.
  JSON_RATE("1 KB requests a second, 16 connections", Unit.PER_SECOND, Scale.PLAIN),
  /// CPU time for a stream of 50 chunks sent back to back.
  BURST_CPU(
      "CPU per 50-chunk stream, back to back, 16 connections", Unit.MICROSECONDS, Scale.RATIO),
  /// Streams a second at that load.
  BURST_RATE(
      "50-chunk streams a second, back to back, 16 connections", Unit.PER_SECOND, Scale.PLAIN),
  /// Network reads in which the client received such a stream.
  BURST_READS("reads in which the client gets such a stream", Unit.COUNT, Scale.PLAIN),
  /// CPU time for a stream of 50 chunks, one each millisecond.
  DRIP_CPU(
      "CPU per 50-chunk stream, 1 ms between chunks, 16 connections",
      Unit.MICROSECONDS,
      Scale.RATIO),
  /// Network reads in which the client received such a stream.
  DRIP_READS(
      "reads in which the client gets such a stream, 1 ms between chunks", Unit.COUNT, Scale.PLAIN),
  /// Time to the whole answer at one connection, median.
  LATENCY_P50("1 KB answer at one connection, p50", Unit.MILLISECONDS, Scale.RAW),
  /// Time to the whole answer at one connection, 99th percentile.
  LATENCY_P99("1 KB answer at one connection, p99", Unit.MILLISECONDS, Scale.RAW),
  /// What the contender adds to that median.
  ADDED_P50("added latency at one connection, p50", Unit.MILLISECONDS, Scale.PLAIN),
  /// What the contender adds to that 99th percentile.
  ADDED_P99("added latency at one connection, p99", Unit.MILLISECONDS, Scale.PLAIN),
  /// Time to the first byte of a streamed answer, median.
  FIRST_TOKEN_P50("first token at one connection, p50", Unit.MILLISECONDS, Scale.RAW),
  /// Time to the first byte of a streamed answer, 99th percentile.
  FIRST_TOKEN_P99("first token at one connection, p99", Unit.MILLISECONDS, Scale.RAW),
  /// What the contender adds to the median time to the first token.
  ADDED_FIRST_TOKEN_P50("added time to first token, p50", Unit.MILLISECONDS, Scale.PLAIN),
  /// What the contender adds to the 99th percentile of the time to the first token.
  ADDED_FIRST_TOKEN_P99("added time to first token, p99", Unit.MILLISECONDS, Scale.PLAIN),
  /// Memory of all its processes, shared pages counted once, while it holds streams open.
  HELD_MEMORY("resident with 1,000 open streams, after warm-up", Unit.MEGABYTES, Scale.PLAIN),
  /// From the start of the process to the end of its first answer.
  COLD_START("cold start to the first answer", Unit.SECONDS, Scale.PLAIN),
  /// CPU time until then.
  COLD_START_CPU("CPU time of that start", Unit.SECONDS, Scale.PLAIN);

  private final String title;
  private final Unit unit;
  private final Scale scale;

  Measure(String title, Unit unit, Scale scale) {
    this.title = title;
    this.unit = unit;
    this.scale = scale;
  }

  /// What it is, in words.
  ///
  /// @return a table's row name
  public String title() {
    return title;
  }

  /// What it is counted in.
  ///
  /// @return the unit
  public Unit unit() {
    return unit;
  }

  /// How it is shown.
  ///
  /// @return the scale
  public Scale scale() {
    return scale;
  }

  /// What a measure is counted in.
  public enum Unit {
    /// µs.
    MICROSECONDS("µs", 1),
    /// ms.
    MILLISECONDS("ms", 3),
    /// s.
    SECONDS("s", 2),
    /// MB of 10⁶ bytes.
    MEGABYTES("MB", 0),
    /// Events a second.
    PER_SECOND("/s", 0),
    /// A plain number.
    COUNT("", 1);

    private final String symbol;
    private final int digits;

    Unit(String symbol, int digits) {
      this.symbol = symbol;
      this.digits = digits;
    }

    /// The unit's symbol.
    ///
    /// @return the symbol, empty for a plain number
    public String symbol() {
      return symbol;
    }

    /// How many decimals mean something.
    ///
    /// @return digits after the point
    public int digits() {
      return digits;
    }
  }

  /// How a measure is shown.
  public enum Scale {
    /// With its ratio to nginx's.
    RATIO,
    /// By itself.
    PLAIN,
    /// In the JSON only, because another measure is derived from it.
    RAW
  }
}
