package dejima.residency;

/// One rule of a policy: what it forbids or permits, on which legal basis, and what would have to
/// change for a refused request to pass.
///
/// @param reviewed who has checked the legal basis, or `to be checked by counsel`
/// @param expression the condition, CEL; empty for the implicit rules that [Decision] names
public record Rule(
    String id,
    RuleEffect effect,
    LocalText title,
    LocalText basis,
    LocalText remedy,
    String reviewed,
    String expression) {

  /// The title in Japanese.
  public String titleJa() {
    return title.ja();
  }

  /// The title in English.
  public String titleEn() {
    return title.en();
  }

  /// The legal basis in Japanese.
  public String basisJa() {
    return basis.ja();
  }

  /// The legal basis in English.
  public String basisEn() {
    return basis.en();
  }

  /// What would have to change, in Japanese.
  public String remedyJa() {
    return remedy.ja();
  }

  /// What would have to change, in English.
  public String remedyEn() {
    return remedy.en();
  }
}
