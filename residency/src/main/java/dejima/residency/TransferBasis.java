package dejima.residency;

import java.util.Locale;
import java.util.Optional;

/// On what ground personal information may go to a third party abroad (個人情報保護法 28 条).
public enum TransferBasis {
  /// None is claimed.
  NONE,
  /// The person has consented to the transfer abroad.
  CONSENT,
  /// The recipient keeps measures that the Commission's rules call equivalent.
  EQUIVALENT,
  /// The recipient's country is one that the Commission has found equivalent.
  ADEQUATE;

  private final String word = name().toLowerCase(Locale.ROOT);

  /// The word in headers, rules and receipts: `none`, `consent`, `equivalent` or `adequate`.
  public String word() {
    return word;
  }

  /// The basis of that word, empty for any other.
  public static Optional<TransferBasis> read(String word) {
    for (TransferBasis basis : values()) {
      if (basis.word.equals(word)) {
        return Optional.of(basis);
      }
    }
    return Optional.empty();
  }
}
