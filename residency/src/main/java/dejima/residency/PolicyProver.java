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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
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
    List<Proof> proofs = new ArrayList<>();
    proveEach(bundle, proofs::add);
    return List.copyOf(proofs);
  }

  /// Every theorem of a bundle, in the order of their files, each told as soon as it is decided.
  public void proveEach(PolicyBundle bundle, Consumer<Proof> told) {
    try (Z3 z3 = new Z3(shape)) {
      bundle.compiledTheorems().forEach(theorem -> told.accept(prove(z3, bundle, theorem)));
    }
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
    try (Z3 z3 = new Z3(shape)) {
      return search(z3, question, found -> !permits(before, found) && permits(after, found));
    }
  }

  /// A situation that the bundle permits at all.
  public Search permitted(PolicyBundle bundle) {
    Question question = new Question.Permits(rules(bundle));
    try (Z3 z3 = new Z3(shape)) {
      return search(z3, question, found -> permits(bundle, found));
    }
  }

  private Proof prove(PolicyBundle bundle, CompiledTheorem theorem) {
    try (Z3 z3 = new Z3(shape)) {
      return prove(z3, bundle, theorem);
    }
  }

  private Proof prove(Z3 z3, PolicyBundle bundle, CompiledTheorem theorem) {
    Expression claim = theorem.expression();
    Search broken =
        search(
            z3,
            new Question.Breaks(rules(bundle), claim),
            found -> !holds(claim, found, permits(bundle, found)));
    return switch (broken) {
      case Search.Found(Situation found) -> broken(bundle, theorem, found);
      case Search.Unknown(String reason) -> new Proof.Unproved(theorem.theorem(), reason);
      case Search.None _ -> proveForContradictedSites(z3, bundle, theorem);
    };
  }

  /// No rule is asked about a site that contradicts its registration, so what the rules prove says
  /// nothing of one.
  private Proof proveForContradictedSites(Z3 z3, PolicyBundle bundle, CompiledTheorem theorem) {
    Expression claim = theorem.expression();
    Search broken =
        search(
            z3,
            new Question.BreaksRefused(contradictable, claim),
            found -> !holds(claim, found, false));
    return switch (broken) {
      case Search.Found(Situation found) -> broken(bundle, theorem, Situations.contradicted(found));
      case Search.Unknown(String reason) -> new Proof.Unproved(theorem.theorem(), reason);
      case Search.None _ -> {
        Answer underAny = z3.answer(new Question.BreaksUnderSomeRules(claim));
        yield new Proof.Proved(theorem.theorem(), underAny instanceof Answer.Impossible);
      }
    };
  }

  private Search search(Z3 z3, Question question, Predicate<Situation> stands) {
    return switch (z3.answer(question)) {
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
