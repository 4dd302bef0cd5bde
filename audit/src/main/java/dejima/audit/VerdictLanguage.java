package dejima.audit;

import java.util.Locale;

/// In which language a verdict is told.
enum VerdictLanguage {
  /// Japanese.
  JA,
  /// English.
  EN,
  /// English, and Japanese below it.
  BOTH;

  /// The word on the command line, as in `both`.
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return word();
  }
}
