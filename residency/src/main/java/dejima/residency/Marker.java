package dejima.residency;

/// A kind of information that a law of its own protects, whatever its confidentiality class.
public enum Marker {
  /// Personal information (個人情報保護法).
  PERSONAL("personal", "個人情報"),
  /// Customer and transaction data of financial institutions (FISC 安全対策基準).
  FINANCIAL("financial", "金融情報"),
  /// Individual numbers and information bound to them (番号法).
  MY_NUMBER("my-number", "特定個人情報"),
  /// Systems and data on which a designated infrastructure service depends (経済安全保障推進法).
  CRITICAL_INFRASTRUCTURE("critical-infrastructure", "重要インフラ"),
  /// A local government's secret documents (地方公共団体における情報セキュリティポリシーに関するガイドライン).
  LOCAL_3A("local-3a", "自治体機密性3a"),
  /// A local government's information whose leak would gravely harm persons (the same guideline).
  LOCAL_3B("local-3b", "自治体機密性3b"),
  /// Other information of a local government that is not for the public (the same guideline).
  LOCAL_3C("local-3c", "自治体機密性3c");

  private final String label;
  private final String labelJa;

  Marker(String label, String labelJa) {
    this.label = label;
    this.labelJa = labelJa;
  }

  /// As in `my-number`.
  public String label() {
    return label;
  }

  /// As in `特定個人情報`.
  public String labelJa() {
    return labelJa;
  }
}
