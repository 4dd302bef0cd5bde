package dejima.residency.cel;

import dejima.residency.cel.Facts.DestinationValues;
import dejima.residency.cel.Facts.RequestValues;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.List;
import java.util.Map;

/// The oracle: `dev.cel` itself, from text to value, with its whole standard library and its own
/// declarations of the fields.
public final class Interpreter {
  private static final List<String> FLAGS =
      List.of(
          "request.personal",
          "request.financial",
          "request.my_number",
          "request.critical_infrastructure",
          "request.local_3a",
          "request.local_3b",
          "request.local_3c",
          "request.model_registered",
          "request.third_party_calls",
          "destination.ismap",
          "destination.government_cloud",
          "destination.fisc",
          "destination.japanese_law",
          "destination.domestic_maintenance",
          "destination.model_verified");
  private static final List<String> WHOLES =
      List.of("request.confidentiality", "destination.evidence", "destination.location_minutes");
  private static final List<String> TEXTS =
      List.of(
          "request.tenant",
          "request.project",
          "request.model",
          "request.kind",
          "request.statutory_task",
          "request.subcontracting_permission",
          "request.transfer_basis",
          "request.model_origin",
          "destination.kind",
          "destination.id",
          "destination.operator",
          "destination.country",
          "destination.control",
          "destination.sku",
          "destination.scheme",
          "destination.host");

  private final CelCompiler compiler = compiler();
  private final CelRuntime runtime =
      CelRuntimeFactory.legacyCelRuntimeBuilder().setOptions(CelOptions.current().build()).build();

  /// What an evaluation came to.
  public enum Outcome {
    TRUE,
    FALSE,
    ERROR
  }

  /// Reads an expression that must be sound.
  public CelRuntime.Program program(String text) {
    try {
      return runtime.createProgram(compiler.compile(text).getAst());
    } catch (CelValidationException | CelEvaluationException e) {
      throw new AssertionError(text, e);
    }
  }

  /// Evaluates by the interpreter.
  public static Outcome outcome(CelRuntime.Program program, Facts facts) {
    try {
      return program.eval(variables(facts)).equals(true) ? Outcome.TRUE : Outcome.FALSE;
    } catch (CelEvaluationException e) {
      return Outcome.ERROR;
    }
  }

  /// Evaluates by the closures.
  public static Outcome outcome(Condition condition, Facts facts) {
    try {
      return condition.holds(facts) ? Outcome.TRUE : Outcome.FALSE;
    } catch (EvaluationError e) {
      return Outcome.ERROR;
    }
  }

  private static CelCompiler compiler() {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder().setOptions(CelOptions.current().build());
    FLAGS.forEach(name -> builder.addVar(name, SimpleType.BOOL));
    WHOLES.forEach(name -> builder.addVar(name, SimpleType.INT));
    TEXTS.forEach(name -> builder.addVar(name, SimpleType.STRING));
    return builder.build();
  }

  /// The value of every field, by name.
  public static Map<String, Object> variables(Facts facts) {
    RequestValues request = facts.request();
    DestinationValues destination = facts.destination();
    return Map.ofEntries(
        Map.entry("request.confidentiality", request.confidentiality()),
        Map.entry("request.personal", request.personal()),
        Map.entry("request.financial", request.financial()),
        Map.entry("request.my_number", request.myNumber()),
        Map.entry("request.critical_infrastructure", request.criticalInfrastructure()),
        Map.entry("request.tenant", request.tenant()),
        Map.entry("request.project", request.project()),
        Map.entry("request.model", request.model()),
        Map.entry("request.kind", request.kind()),
        Map.entry("request.local_3a", request.local3a()),
        Map.entry("request.local_3b", request.local3b()),
        Map.entry("request.local_3c", request.local3c()),
        Map.entry("request.model_registered", request.modelRegistered()),
        Map.entry("request.third_party_calls", request.thirdPartyCalls()),
        Map.entry("request.statutory_task", request.statutoryTask()),
        Map.entry("request.subcontracting_permission", request.subcontractingPermission()),
        Map.entry("request.transfer_basis", request.transferBasis()),
        Map.entry("request.model_origin", request.modelOrigin()),
        Map.entry("destination.ismap", destination.ismap()),
        Map.entry("destination.government_cloud", destination.governmentCloud()),
        Map.entry("destination.fisc", destination.fisc()),
        Map.entry("destination.japanese_law", destination.japaneseLaw()),
        Map.entry("destination.domestic_maintenance", destination.domesticMaintenance()),
        Map.entry("destination.model_verified", destination.modelVerified()),
        Map.entry("destination.location_minutes", destination.locationMinutes()),
        Map.entry("destination.kind", destination.kind()),
        Map.entry("destination.id", destination.id()),
        Map.entry("destination.operator", destination.operator()),
        Map.entry("destination.country", destination.country()),
        Map.entry("destination.control", destination.control()),
        Map.entry("destination.evidence", destination.evidence()),
        Map.entry("destination.sku", destination.sku()),
        Map.entry("destination.scheme", destination.scheme()),
        Map.entry("destination.host", destination.host()));
  }
}
