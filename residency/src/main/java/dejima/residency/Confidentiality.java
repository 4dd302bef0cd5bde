package dejima.residency;

/// The confidentiality class of 政府機関等のサイバーセキュリティ対策のための統一基準, from public to most secret.
public enum Confidentiality {
  /// 機密性1: may be made public.
  C1(1),
  /// 機密性2: not for the public, though no secret.
  C2(2),
  /// 機密性3: secret, or close to it.
  C3(3);

  private final int level;

  Confidentiality(int level) {
    this.level = level;
  }

  /// 1, 2 or 3.
  public int level() {
    return level;
  }

  /// As in `confidentiality-2`.
  public String label() {
    return "confidentiality-" + level();
  }

  /// As in `機密性2`.
  public String labelJa() {
    return "機密性" + level();
  }
}
