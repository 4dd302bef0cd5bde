package dejima.bench.measure;

import dejima.bench.load.Tally;

/// A contender gave wrong answers or none, so its figures of that round mean nothing.
final class WrongAnswersException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WrongAnswersException(Tally tally) {
    super(
        "%d right, %d wrong and %d missing answers"
            .formatted(tally.right(), tally.wrong(), tally.broken()));
  }

  static Tally allRight(Tally tally) {
    if (tally.wrong() > 0 || tally.broken() > 0 || tally.right() == 0) {
      throw new WrongAnswersException(tally);
    }
    return tally;
  }
}
