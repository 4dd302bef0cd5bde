package dejima.residency;

import dejima.residency.cel.EvaluationError;
import dejima.residency.cel.Expression;
import dejima.residency.cel.Facts;
import dejima.residency.cel.RuleLanguage;
import dejima.residency.z3.Answer;
import dejima.residency.z3.Question;
import dejima.residency.z3.Question.RuleSet;
import dejima.residency.z3.Shape;
import dejima.residency.z3.Z3;
import java.util.List;
import java.util.function.Predicate;

/// Proves what bundles promise, and finds what changes between two of them, by the solver Z3.
///
/// Every situation that the solver names is decided again by the compiled rules before it is told
/// to anybody. Needs native access; reading and deciding do not.
public final class PolicyProver {
  private static final String UNREAL = "the solver named what cannot be";

  private final Shape shape = FactShape.all();
  private final Expression contradictable =
      FactShape.expression(
          new RuleLanguage(), "destination.kind == 'site' && destination.evidence == 0");

  /// A prover keeps nothing between questions and may be used by several threads.
  public PolicyProver() {}

  /// Every theorem of a bundle, in the order of their files.
  public List<Proof> proveAll(PolicyBundle bundle) {
    return bundle.compiledTheorems().stream().map(theorem -> prove(bundle, theorem)).toList();
  }

  /// One theorem.
  ///
  /// @param theorem one of the bundle's own
  public Proof prove(PolicyBundle bundle, Theorem theorem) {
    return bundle.compiledTheorems().stream()
        .filter(compiled -> compiled.theorem().equals(theorem))
        .findFirst()
        .map(compiled -> prove(bundle, compiled))
        .orElseThrow(() -> new IllegalArgumentException("not a theorem of this bundle"));
  }

  /// A situation that the second bundle permits and the first refuses. Asked the other way round,
  /// it is one that the second newly refuses.
  public Search newlyPermitted(PolicyBundle before, PolicyBundle after) {
    Question question = new Question.Between(rules(before), rules(after));
    return search(question, found -> !permits(before, found) && permits(after, found));
  }

  /// A situation that the bundle permits at all.
  public Search permitted(PolicyBundle bundle) {
    Question question = new Question.Permits(rules(bundle));
    return search(question, found -> permits(bundle, found));
  }

  private Proof prove(PolicyBundle bundle, CompiledTheorem theorem) {
    Expression claim = theorem.expression();
    Search broken =
        search(
            new Question.Breaks(rules(bundle), claim),
            found -> !holds(claim, found, permits(bundle, found)));
    return switch (broken) {
      case Search.Found(Situation found) -> broken(bundle, theorem, found);
      case Search.Unknown(String reason) -> new Proof.Unproved(theorem.theorem(), reason);
      case Search.None _ -> proveForContradictedSites(bundle, theorem);
    };
  }

  /// No rule is asked about a site that contradicts its registration, so what the rules prove says
  /// nothing of one.
  private Proof proveForContradictedSites(PolicyBundle bundle, CompiledTheorem theorem) {
    Expression claim = theorem.expression();
    Search broken =
        search(
            new Question.BreaksRefused(contradictable, claim),
            found -> !holds(claim, found, false));
    return switch (broken) {
      case Search.Found(Situation found) -> broken(bundle, theorem, Situations.contradicted(found));
      case Search.Unknown(String reason) -> new Proof.Unproved(theorem.theorem(), reason);
      case Search.None _ -> {
        Answer underAny = Z3.answer(new Question.BreaksUnderSomeRules(claim), shape);
        yield new Proof.Proved(theorem.theorem(), underAny instanceof Answer.Impossible);
      }
    };
  }

  private Search search(Question question, Predicate<Situation> stands) {
    return switch (Z3.answer(question, shape)) {
      case Answer.Impossible _ -> new Search.None();
      case Answer.Unknown(String reason) -> new Search.Unknown(reason);
      case Answer.Possible(var example) -> {
        try {
          Situation found = Situations.of(example, shape);
          yield stands.test(found) ? new Search.Found(found) : new Search.Unknown(UNREAL);
        } catch (IllegalArgumentException unreal) {
          yield new Search.Unknown(UNREAL + ": " + unreal.getMessage());
        }
      }
    };
  }

  private static Proof broken(PolicyBundle bundle, CompiledTheorem theorem, Situation found) {
    Decision decision = bundle.decide(found.request(), found.destination());
    return new Proof.Broken(theorem.theorem(), found, decision);
  }

  private static RuleSet rules(PolicyBundle bundle) {
    return new RuleSet(
        expressions(bundle, RuleEffect.FORBID), expressions(bundle, RuleEffect.PERMIT));
  }

  private static List<Expression> expressions(PolicyBundle bundle, RuleEffect effect) {
    return bundle.compiledRules().stream()
        .filter(compiled -> compiled.rule().effect() == effect)
        .map(CompiledRule::expression)
        .toList();
  }

  private static boolean permits(PolicyBundle bundle, Situation situation) {
    return bundle.decide(situation.request(), situation.destination()).permits();
  }

  private static boolean holds(Expression claim, Situation situation, boolean permitted) {
    Facts facts =
        new Facts(
            FactsOf.request(situation.request()), FactsOf.destination(situation.destination()));
    try {
      return claim.given(permitted).holds(facts);
    } catch (EvaluationError e) {
      return false;
    }
  }
}
