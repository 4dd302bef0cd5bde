package dejima.residency;

/// One mistake in a bundle and where it is.
///
/// @param file the path inside the bundle, or the bundle's directory itself
/// @param line counted from 1
/// @param column counted from 1 in code points
public record Problem(String file, int line, int column, String message) {

  /// As compilers print it: `rules/a.cel:3:14: message`.
  public String text() {
    return file + ":" + line + ":" + column + ": " + message;
  }
}
