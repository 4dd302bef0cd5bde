package dejima.residency;

import java.util.List;

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
              "拠点の申告が登録内容と食い違う", "the site's own statement contradicts what is configured for it"),
          new LocalText(
              "どちらが正しいかを事業者に確かめ、拠点の申告か登録内容を直す（「dejima sites list」が食い違いを示す）",
              "find out from the operator which is true, then correct the agent's or the gateway's"
                  + " configuration ('dejima sites list' shows the difference)"));

  private ImplicitRules() {}

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
