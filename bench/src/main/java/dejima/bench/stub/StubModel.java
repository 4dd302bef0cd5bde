package dejima.bench.stub;

import java.util.Arrays;
import java.util.Optional;

/// A model that the stub serves. Its name says how it streams (`bench-50x1`: 50 chunks, 1 ms
/// apart), because the model name is the one field of a request that every gateway passes on.
public enum StubModel {
  /// Fifty chunks back to back, each flushed for itself.
  BURST(50, 0),
  /// Fifty chunks, one each millisecond, as a fast engine sends tokens.
  DRIP(50, 1),
  /// Two chunks, far enough apart that the first one travels alone.
  FIRST_TOKEN(2, 5),
  /// A stream that stays open as long as the client does, with a sign of life each second.
  HELD(100_000, 1_000);

  private final int chunks;
  private final int delayMillis;

  StubModel(int chunks, int delayMillis) {
    this.chunks = chunks;
    this.delayMillis = delayMillis;
  }

  /// Finds a model by the name that a request carries.
  ///
  /// @param name for example `bench-50x0`
  /// @return the model, or nothing when the stub does not serve it
  public static Optional<StubModel> named(String name) {
    return Arrays.stream(values()).filter(model -> model.id().equals(name)).findFirst();
  }

  /// The name that a request carries.
  ///
  /// @return the model name
  public String id() {
    return "bench-" + chunks + "x" + delayMillis;
  }

  /// How many content chunks a streamed answer has, the closing `[DONE]` not counted.
  ///
  /// @return at least 1
  public int chunks() {
    return chunks;
  }

  /// The pause between two chunks.
  ///
  /// @return milliseconds, 0 for none
  public int delayMillis() {
    return delayMillis;
  }
}
