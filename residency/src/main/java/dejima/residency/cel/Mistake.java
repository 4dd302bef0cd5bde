package dejima.residency.cel;

/// Something in the text of an expression that the language does not allow.
///
/// @param line counted from 1
/// @param column counted from 1 in code points
public record Mistake(int line, int column, String message) {}
