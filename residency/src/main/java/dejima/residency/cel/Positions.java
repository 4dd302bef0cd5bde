package dejima.residency.cel;

import dev.cel.common.CelSource;
import dev.cel.common.CelSourceLocation;

/// Where the parts of an expression stand in its text.
final class Positions {
  private final CelSource source;

  Positions(CelSource source) {
    this.source = source;
  }

  Mistake mistake(long expressionId, String message) {
    int offset = source.getPositionsMap().getOrDefault(expressionId, 0);
    return mistake(source.getOffsetLocation(offset).orElse(CelSourceLocation.of(1, 0)), message);
  }

  /// `dev.cel` counts lines from 1, columns from 0, and has no place for some of its errors.
  static Mistake mistake(CelSourceLocation location, String message) {
    return new Mistake(
        Math.max(1, location.getLine()), Math.max(0, location.getColumn()) + 1, message);
  }
}
