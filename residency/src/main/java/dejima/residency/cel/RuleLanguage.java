package dejima.residency.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Reads conditions. Building one loads `dev.cel`, which costs more than reading a bundle with it,
/// so build one for a whole bundle.
public final class RuleLanguage {
  private static final int LONGEST_TEXT = 16 * 1024;
  private static final int MOST_NODES = 1_000;
  private static final int DEEPEST = 64;

  private final DeclaredFields ofRules = new DeclaredFields();
  private final DeclaredFields ofTheorems =
      ofRules.with(Expression.PERMITTED, Flags.constant(false));
  private final CelCompiler compiler = compiler(ofTheorems);

  /// What reading a condition gave.
  public sealed interface Reading {
    /// The text is a sound condition.
    record Understood(Expression expression) implements Reading {}

    /// The text is not.
    ///
    /// @param mistakes in the order of the text; never empty
    record Refused(List<Mistake> mistakes) implements Reading {}
  }

  /// Reads a rule's condition: CEL text, `//` comments included.
  public Reading read(String text) {
    return read(text, ofRules);
  }

  /// Reads a theorem's condition, which may also speak of `permitted`.
  public Reading readTheorem(String text) {
    return read(text, ofTheorems);
  }

  private Reading read(String text, DeclaredFields fields) {
    CelValidationResult parsing = compiler.parse(text);
    if (parsing.hasError()) {
      return new Reading.Refused(List.copyOf(mistakes(parsing)));
    }
    CelAbstractSyntaxTree parsed = tree(parsing);
    List<Mistake> mistakes = new ArrayList<>(Subset.mistakes(parsed, fields));
    boolean inSubset = mistakes.isEmpty();
    CelValidationResult checking = compiler.check(parsed);
    mistakes(checking).stream()
        .filter(mistake -> inSubset || !mistake.message().startsWith("undeclared reference"))
        .forEach(mistakes::add);
    if (mistakes.isEmpty()) {
      return understood(tree(checking), fields);
    }
    mistakes.sort(Comparator.comparingInt(Mistake::line).thenComparingInt(Mistake::column));
    return new Reading.Refused(List.copyOf(mistakes));
  }

  private static Reading understood(CelAbstractSyntaxTree checked, DeclaredFields fields) {
    List<Mistake> mixed = Subset.mixedLists(checked);
    if (!mixed.isEmpty()) {
      return new Reading.Refused(mixed);
    }
    CelType type = checked.getResultType();
    if (!type.equals(SimpleType.BOOL)) {
      String message = "a condition is true or false; this one gives " + type.name();
      Positions positions = new Positions(checked.getSource());
      return new Reading.Refused(List.of(positions.mistake(checked.getExpr().id(), message)));
    }
    return new Reading.Understood(new Expression(checked, fields));
  }

  private static List<Mistake> mistakes(CelValidationResult result) {
    return result.getErrors().stream()
        .map(issue -> Positions.mistake(issue.getSourceLocation(), issue.getMessage()))
        .toList();
  }

  private static CelAbstractSyntaxTree tree(CelValidationResult sound) {
    try {
      return sound.getAst();
    } catch (CelValidationException e) {
      throw new IllegalStateException("a result without errors has a tree", e);
    }
  }

  private static CelCompiler compiler(DeclaredFields fields) {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setStandardMacros()
            .setOptions(
                CelOptions.current()
                    .maxExpressionCodePointSize(LONGEST_TEXT)
                    .maxParseExpressionNodeCount(MOST_NODES)
                    .maxParseRecursionDepth(DEEPEST)
                    .retainRepeatedUnaryOperators(true)
                    .build());
    fields.all().forEach((name, node) -> builder.addVar(name, type(node)));
    return builder.build();
  }

  private static CelType type(Node node) {
    return switch (node) {
      case Node.Flag _ -> SimpleType.BOOL;
      case Node.Whole _ -> SimpleType.INT;
      case Node.Text _ -> SimpleType.STRING;
    };
  }
}
