package dejima.residency;

/// How well it is established where a site is and who controls it. Each level names what it leaves
/// open, and the product prints that next to the grade.
public enum EvidenceLevel {
  /// The operator signed a statement.
  E0(0, "申告", "declared", "事業者の約束のほかは何も証明しない", "proves nothing but the operator's promise"),
  /// Third parties' facts agree with the statement, and two people approved them.
  E1(1, "照合", "attributed", "機器が今日そこにあることは証明しない", "does not prove that the machine is there today"),
  /// Answers came back faster than light could have brought them from abroad.
  E2(
      2,
      "実測",
      "measured",
      "国内の中継から国外の計算機へ送られていないことは証明しない",
      "does not exclude a relay inside Japan to a computer abroad"),
  /// The measured key lives in a verified trusted execution environment.
  E3(
      3,
      "証明",
      "attested",
      "事業者がメモリーバスに割り込み装置を置いていないことは証明しない",
      "does not exclude an operator with an interposer on the memory bus"),
  /// Prompts are encrypted to an image that cannot send anything out.
  E4(
      4,
      "封印",
      "sealed",
      "利用者自身の職員が作る写しには及ばない",
      "does not cover copies that the customer's own staff make"),
  /// What the site says of itself is not what is recorded of it. Nothing is established, and no
  /// policy can permit it.
  CONTRADICTED(
      0,
      "矛盾",
      "contradicted",
      "拠点の申告が登録内容と食い違い、何も証明しない。要求は送られない",
      "the site's statement differs from what is configured, so nothing is established and nothing"
          + " is sent");

  private final int level;
  private final String labelJa;
  private final String labelEn;
  private final String notProvedJa;
  private final String notProvedEn;

  EvidenceLevel(int level, String labelJa, String labelEn, String notProvedJa, String notProvedEn) {
    this.level = level;
    this.labelJa = labelJa;
    this.labelEn = labelEn;
    this.notProvedJa = notProvedJa;
    this.notProvedEn = notProvedEn;
  }

  /// 0 to 4, as rules compare it.
  public int level() {
    return level;
  }

  /// The sign for it where there is little room: `E0` to `E4`, or `×`.
  public String sign() {
    return this == CONTRADICTED ? "×" : name();
  }

  /// The level's name, as in `declared`.
  public LocalText label() {
    return new LocalText(labelJa, labelEn);
  }

  /// What evidence of this level does not prove.
  public LocalText notProved() {
    return new LocalText(notProvedJa, notProvedEn);
  }
}
