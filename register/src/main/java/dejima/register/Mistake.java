package dejima.register;

/// One thing that is wrong with a register, and where.
///
/// @param file the path inside the register
/// @param place the path inside the file, as in `location.value.latitude`; empty for the whole file
/// @param message what is wrong and what belongs there
public record Mistake(String file, String place, String message) {
  /// One line for people: `sites/a.json: pin.value: message`.
  public String text() {
    return place.isEmpty() ? file + ": " + message : file + ": " + place + ": " + message;
  }
}
