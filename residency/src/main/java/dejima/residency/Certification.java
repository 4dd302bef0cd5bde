package dejima.residency;

import java.util.Optional;

/// A certification or listing of a site's service that Japanese rules ask about.
public enum Certification {
  /// Listed in ISMAP's register, this very service included.
  ISMAP("ismap", "ISMAP"),
  /// A service of the Government Cloud (ガバメントクラウド).
  GOVERNMENT_CLOUD("government-cloud", "ガバメントクラウド"),
  /// Operated by the FISC security guidelines for financial institutions.
  FISC("fisc", "FISC安全対策基準"),
  /// Certified by ISO/IEC 27001.
  ISO_27001("iso-27001", "ISO/IEC 27001"),
  /// Certified by ISO/IEC 27017, for cloud services.
  ISO_27017("iso-27017", "ISO/IEC 27017"),
  /// Holds the PrivacyMark (JIS Q 15001).
  PRIVACY_MARK("privacy-mark", "プライバシーマーク");

  private final String word;
  private final String labelJa;

  Certification(String word, String labelJa) {
    this.word = word;
    this.labelJa = labelJa;
  }

  /// The word in registers and receipts, as in `government-cloud`.
  public String word() {
    return word;
  }

  /// The certification of that word, empty for any other.
  public static Optional<Certification> read(String word) {
    for (Certification certification : values()) {
      if (certification.word.equals(word)) {
        return Optional.of(certification);
      }
    }
    return Optional.empty();
  }

  /// As in `ガバメントクラウド`.
  public String labelJa() {
    return labelJa;
  }
}
