package dejima.bench.decision;

import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `dev.cel`'s own interpreter over the same rules, one program each; the facts of each situation
/// lie ready in a map.
final class CelInterpreter implements Decider {
  private static final Set<String> OF_REQUESTS =
      Set.of("confidentiality", "personal", "financial", "my_number", "critical_infrastructure");

  private final List<CelRuntime.Program> programs = new ArrayList<>();
  private final List<Map<String, Object>> situations = new ArrayList<>();
  private final Rules rules;

  CelInterpreter(Rules rules) {
    this.rules = rules;
    CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder();
    variables(0).forEach((name, value) -> builder.addVar(name, type(value)));
    CelCompiler compiler = builder.build();
    CelRuntime runtime = CelRuntimeFactory.legacyCelRuntimeBuilder().build();
    try {
      for (String rule : rules.cel()) {
        programs.add(runtime.createProgram(compiler.compile(rule).getAst()));
      }
    } catch (CelValidationException | CelEvaluationException wrong) {
      throw new IllegalStateException(wrong);
    }
    for (int i = 0; i < Situations.COUNT; i++) {
      situations.add(variables(i));
    }
  }

  private static Map<String, Object> variables(int situation) {
    Map<String, Object> variables = new HashMap<>();
    Situations.facts(situation)
        .forEach((name, value) ->
            variables.put(
                (OF_REQUESTS.contains(name) ? "request." : "destination.") + name, value));
    return variables;
  }

  private static CelType type(Object value) {
    return switch (value) {
      case Boolean _ -> SimpleType.BOOL;
      case Long _ -> SimpleType.INT;
      default -> SimpleType.STRING;
    };
  }

  @Override
  public String name() {
    return "dev.cel's interpreter";
  }

  @Override
  public boolean permits(int situation) {
    Map<String, Object> facts = situations.get(situation);
    boolean permitted = false;
    boolean forbidden = false;
    try {
      for (int i = 0; i < programs.size(); i++) {
        if (programs.get(i).eval(facts).equals(true)) {
          permitted |= rules.permits().get(i);
          forbidden |= !rules.permits().get(i);
        }
      }
    } catch (CelEvaluationException wrong) {
      throw new IllegalStateException(wrong);
    }
    return permitted && !forbidden;
  }
}
