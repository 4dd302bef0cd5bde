package dejima.bench.measure;

/// A contender did not keep as many streams open as it was asked to.
final class TooFewStreamsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TooFewStreamsException(int open, int wanted) {
    super("held %d of %d streams open".formatted(open, wanted));
  }
}
