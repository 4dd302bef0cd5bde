package dejima.residency;

import java.util.regex.Pattern;

/// What a client says makes its request lawful. It is recorded as the client's word, and rules may
/// ask for it.
///
/// @param statutoryTask id of the task for which the My Number Act permits the use (番号法 9 条); empty
///   if none is named
/// @param subcontractingPermission id of the permission to subcontract (番号法 10 条); empty if none is
///   named
/// @param transferBasis the ground of a transfer abroad
public record LegalGrounds(
    String statutoryTask, String subcontractingPermission, TransferBasis transferBasis) {
  /// Nothing is claimed.
  public static final LegalGrounds NONE = new LegalGrounds("", "", TransferBasis.NONE);

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}");

  /// Checks the ids.
  public LegalGrounds {
    if (!isIdOrEmpty(statutoryTask) || !isIdOrEmpty(subcontractingPermission)) {
      throw new IllegalArgumentException(
          "an id has 1 to 128 letters, digits and ._:/- and begins with a letter or digit");
    }
  }

  /// Whether a text may stand as an id here: 1 to 128 letters, digits and `._:/-`.
  public static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  private static boolean isIdOrEmpty(String text) {
    return text.isEmpty() || isId(text);
  }
}
