package dejima.server.cli;

import dejima.evidence.Json;
import dejima.residency.BundleReading;
import dejima.residency.PolicyBundle;
import dejima.residency.Problem;
import dejima.residency.Rule;
import dejima.residency.Theorem;
import dejima.server.config.ConfigFile;
import dejima.server.config.ServerConfig;
import dejima.server.policy.ConfigurationCheck;
import dejima.server.policy.ConfigurationCheck.Verdict;
import dejima.server.policy.ConfigurationPath;
import dejima.server.policy.ConfigurationPath.End;
import dejima.server.policy.ConfigurationPaths;
import dejima.server.policy.PolicyDesk;
import dejima.server.policy.PolicyGate;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Reads a bundle, or a whole configuration with its bundle, as the server would.
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Reads a bundle as the server would and lists every mistake.",
      "With --config instead, puts the configuration's bundle to every test that it has to pass:"
          + " signatures, theorems, and every path that the configuration opens."
    })
final class PolicyCheck implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private LanguageOption language;

  @Parameters(paramLabel = "BUNDLE", arity = "0..1", description = Bundles.PARAMETER)
  private Optional<String> name = Optional.empty();

  @Option(
      names = {"-c", "--config"},
      description = "A configuration file to be checked as a whole.")
  private Optional<Path> config = Optional.empty();

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Override
  public Integer call() {
    if (name.isPresent() == config.isPresent()) {
      throw new CommandFailed("Name a bundle, or a configuration with --config.");
    }
    PrintWriter out = spec.commandLine().getOut();
    int code = config.map(file -> whole(ConfigFile.read(file), out)).orElseGet(() -> alone(out));
    out.flush();
    return code;
  }

  private int alone(PrintWriter out) {
    PolicyBundle bundle = Bundles.read(name.orElseThrow());
    if (json) {
      out.println(asJson(bundle).build().canonicalText());
    } else {
      print(bundle, out);
    }
    return DejimaCommand.DONE;
  }

  private int whole(ServerConfig settings, PrintWriter out) {
    return switch (PolicyDesk.read(settings.policy())) {
      case BundleReading.Rejected(var problems) -> refused(problems);
      case BundleReading.Loaded(PolicyBundle bundle) -> {
        List<ConfigurationPath> paths = ConfigurationPaths.of(settings);
        List<Verdict> verdicts = new ConfigurationCheck(bundle, paths).verdicts();
        PolicyGate gate = new PolicyGate(settings.policyApprovers(), paths);
        List<Problem> problems = gate.judge(bundle, settings.policy()).problems();
        if (json) {
          out.println(asJson(bundle, verdicts, problems).canonicalText());
          yield problems.isEmpty() ? DejimaCommand.DONE : DejimaCommand.FAILED;
        }
        verdicts.forEach(verdict -> print(verdict, out));
        out.flush();
        if (problems.isEmpty()) {
          out.println(
              bundle.id()
                  + " "
                  + bundle.hash()
                  + "  "
                  + language.of("この設定で有効にできる", "may come into force under this configuration"));
        }
        yield problems.isEmpty() ? DejimaCommand.DONE : refused(problems);
      }
    };
  }

  private static Json.Members asJson(PolicyBundle bundle) {
    return Json.object()
        .put("id", bundle.id())
        .put("version", bundle.version())
        .put("hash", bundle.hash())
        .put("rules", Json.strings(bundle.rules().stream().map(Rule::id).toList()))
        .put("theorems", Json.strings(bundle.theorems().stream().map(Theorem::id).toList()));
  }

  private static Json.Obj asJson(
      PolicyBundle bundle, List<Verdict> verdicts, List<Problem> problems) {
    List<Json> paths =
        verdicts.stream()
            .<Json>map(verdict ->
                Json.object()
                    .put("path", verdict.path().name().en())
                    .put("route", verdict.path().route())
                    .put("leaks", verdict.leaks().size())
                    .build())
            .toList();
    return asJson(bundle)
        .put("paths", Json.array(paths))
        .put("problems", Json.strings(problems.stream().map(Problem::text).toList()))
        .put("mayComeIntoForce", problems.isEmpty())
        .build();
  }

  private int refused(List<Problem> problems) {
    PrintWriter err = spec.commandLine().getErr();
    problems.forEach(problem -> err.println(problem.text()));
    err.flush();
    return DejimaCommand.FAILED;
  }

  private void print(Verdict verdict, PrintWriter out) {
    ConfigurationPath path = verdict.path();
    out.println(
        (verdict.leaks().isEmpty() ? "  " : "! ") + language.of(path.name()) + "  " + path.route());
    out.println("      " + language.of(path.content().text()) + "; " + watched(path.end()));
    if (path.end() instanceof End.DecidedEachTime && !verdict.open().isEmpty()) {
      out.println(
          "      "
              + language.of("許可される区分の数：", "data classes permitted: ")
              + verdict.open().size()
              + " / "
              + ConfigurationCheck.allClasses().size());
    }
  }

  private String watched(End end) {
    return switch (end) {
      case End.DecidedEachTime _ -> language.of("要求ごとに判断する", "decided for each request");
      case End.AlwaysOpen(var sink, _) ->
          language.of("常に開いている", "always open")
              + " ("
              + sink.country().code()
              + ", "
              + sink.control().word()
              + ")";
      case End.StaysHere _ -> language.of("この計算機から出ない", "stays on this machine");
      case End.CarriesNothing _ ->
          language.of("出ていくが、要求の何も運ばない", "leaves, with nothing of any request");
      case End.NotConfigured _ -> language.of("設定されていない", "not configured");
    };
  }

  private void print(PolicyBundle bundle, PrintWriter out) {
    out.println(bundle.id() + " " + bundle.version() + "  " + language.of(bundle.title()));
    out.println("hash " + bundle.hash());
    int longest = bundle.rules().stream().mapToInt(rule -> rule.id().length()).max().orElse(1);
    for (Rule rule : bundle.rules()) {
      out.printf(
          "  %-7s  %-" + longest + "s  %s%n",
          rule.effect().name().toLowerCase(Locale.ROOT),
          rule.id(),
          language.of(rule.title()));
    }
    for (Theorem theorem : bundle.theorems()) {
      out.printf(
          "  %-7s  %-" + longest + "s  %s%n",
          "theorem",
          theorem.id(),
          language.of(theorem.title()));
    }
  }
}
