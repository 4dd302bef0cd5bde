package dejima.residency.cel;

import dev.cel.common.CelAbstractSyntaxTree;

/// A sound condition: what it says of facts, and the checked tree that says the same to a solver.
public final class Expression {
  /// How a theorem calls what the rules decide.
  public static final String PERMITTED = "permitted";

  private final CelAbstractSyntaxTree tree;
  private final DeclaredFields fields;

  Expression(CelAbstractSyntaxTree tree, DeclaredFields fields) {
    this.tree = tree;
    this.fields = fields;
  }

  /// The checked tree, inside the subset that this language allows.
  public CelAbstractSyntaxTree tree() {
    return tree;
  }

  /// The condition of a rule, compiled.
  public Condition condition() {
    return new Translation(tree, fields).condition();
  }

  /// The condition of a theorem, compiled, where the rules decide so.
  public Condition given(boolean permitted) {
    DeclaredFields decided = fields.with(PERMITTED, Flags.constant(permitted));
    return new Translation(tree, decided).condition();
  }
}
