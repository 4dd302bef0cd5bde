package dejima.residency;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The rules that hold without being written: whatever is missing or broken denies.
final class ImplicitRules {
  private static final String REVIEWED = "part of the product";
  private static final LocalText FAIL_CLOSED =
      new LocalText("原則拒否（この製品の設計）", "fail closed, by the design of this product");

  static final Decision DEFAULT_DENY =
      deny(
          "default-deny",
          new LocalText("許可する規則がない", "no rule permits this destination"),
          new LocalText(
              "この宛先を許可する規則をポリシーに加えるか、許可される宛先を使う",
              "add a rule that permits it to the policy, or use a destination that is permitted"));

  static final Decision NO_POLICY =
      deny(
          "no-policy",
          new LocalText("ポリシーが読み込まれていない", "no policy is loaded"),
          new LocalText("有効なポリシーを読み込む", "load a sound policy bundle"));

  static final Decision CONTRADICTED =
      deny(
          "site-contradicted",
          new LocalText(
              "拠点について知られたことが互いに食い違う（拠点の申告、登録、計測点、証明のいずれか）",
              "what is known of the site contradicts itself: its statement, the register, a landmark or"
                  + " a quote"),
          new LocalText(
              "「dejima sites list」が示す食い違いについて、どちらが正しいかを事業者に確かめ、誤りを直す",
              "'dejima sites list' shows the difference; find out from the operator which is true, and"
                  + " correct the other"));

  private ImplicitRules() {}

  /// The rule of this id, if it is one that needs nothing to be named.
  static Optional<Rule> of(String id) {
    return Stream.of(DEFAULT_DENY, NO_POLICY, CONTRADICTED)
        .map(decision -> decision.deciding().getFirst())
        .filter(rule -> rule.id().equals(id))
        .findFirst();
  }

  static Rule evaluationError(String ruleId) {
    return rule(
        "evaluation-error",
        new LocalText("規則 " + ruleId + " を評価できない", "rule " + ruleId + " could not be evaluated"),
        new LocalText("規則 " + ruleId + " の条件式を直す", "correct the condition of rule " + ruleId));
  }

  private static Decision deny(String id, LocalText title, LocalText remedy) {
    return new Decision(Effect.DENY, List.of(rule(id, title, remedy)));
  }

  private static Rule rule(String id, LocalText title, LocalText remedy) {
    return new Rule(id, RuleEffect.FORBID, title, FAIL_CLOSED, remedy, REVIEWED, "");
  }
}
