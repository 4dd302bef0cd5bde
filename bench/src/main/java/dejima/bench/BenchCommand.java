package dejima.bench;

import dejima.bench.checking.CheckBench;
import dejima.bench.checking.CheckFigures;
import dejima.bench.contender.Contender;
import dejima.bench.contender.Workshop;
import dejima.bench.decision.DecisionBench;
import dejima.bench.decision.DecisionFigures;
import dejima.bench.evidence.EvidenceBench;
import dejima.bench.evidence.EvidenceFigures;
import dejima.bench.measure.Outcome;
import dejima.bench.measure.Plan;
import dejima.bench.measure.SideBySide;
import dejima.bench.proc.ProcFiles;
import dejima.bench.report.JsonReport;
import dejima.bench.report.Machine;
import dejima.bench.report.MarkdownReport;
import dejima.bench.report.Report;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `bench`: measures Dejima beside nginx, Spring Cloud Gateway and Portkey, all in front of the
/// same stub.
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures Dejima beside its peers on this machine, in one run and as ratios.",
      "Every process listens on loopback only and ends with the run. The first run installs the peers below"
          + " bench/target."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:everybody was measured",
      " 1:somebody could not be measured, or gave a wrong answer",
      " 2:the command line is wrong"
    })
public final class BenchCommand implements Callable<Integer> {
  private static final String EVIDENCE = "evidence";
  private static final String DECISIONS = "decisions";
  private static final String CHECKS = "checks";
  private static final Set<String> BY_THEMSELVES = Set.of(EVIDENCE, DECISIONS, CHECKS);
  private static final int TURN_SHARE = 4;
  private static final int MOST_ROUNDS = 5;
  private static final int PROCESSES_A_ROUND = 5;

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--quick", description = "Short rounds, for a first look: about two minutes.")
  private boolean quick;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "NAME",
      description =
          "Measure these alone: nginx, spring-cloud-gateway, portkey, dejima, evidence, decisions, checks. What is added counts from"
              + " direct and ratios from nginx, so both take part with any other.")
  private Set<String> only = new LinkedHashSet<>();

  @Option(names = "--json", paramLabel = "FILE", description = "Write every figure of every round.")
  private Optional<Path> json = Optional.empty();

  @Option(
      names = "--results",
      paramLabel = "FILE",
      description = "Write the table as Markdown as well as to the screen.")
  private Optional<Path> results = Optional.empty();

  @Option(
      names = "--repository",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "Dejima's source tree (default: the working directory).")
  private Path repository = Path.of(".");

  @Override
  public Integer call() {
    List<Contender> contenders = chosen();
    var workshop = new Workshop(repository, repository.resolve("bench/target/bench"));
    var machine = Machine.here(new ProcFiles(Path.of("/proc")), InstantSource.system());
    Plan plan = quick ? Plan.QUICK : Plan.FULL;
    Outcome outcome =
        contenders.isEmpty()
            ? Outcome.NOBODY
            : new SideBySide(workshop, plan, BenchCommand::progress).run(contenders);
    var report =
        new Report(
            machine,
            plan,
            outcome,
            evidence(workshop, plan),
            decisions(plan),
            checks(workshop, plan));
    String page = new MarkdownReport(report).text();
    System.out.print(page);
    results.ifPresent(file -> Workshop.write(file, page));
    json.ifPresent(file -> Workshop.write(file, new JsonReport(report).text()));
    return outcome.complete() ? 0 : 1;
  }

  private Optional<EvidenceFigures> evidence(Workshop workshop, Plan plan) {
    if (isLeftOut(EVIDENCE)) {
      return Optional.empty();
    }
    progress("evidence");
    var bench =
        new EvidenceBench(
            workshop.fresh("evidence"), Math.min(plan.rounds(), MOST_ROUNDS), plan.turn());
    return Optional.of(bench.run(InstantSource.system(), new SecureRandom()));
  }

  private Optional<DecisionFigures> decisions(Plan plan) {
    if (isLeftOut(DECISIONS)) {
      return Optional.empty();
    }
    progress("decisions");
    return Optional.of(
        new DecisionBench(Math.min(plan.rounds(), MOST_ROUNDS), plan.turn().dividedBy(TURN_SHARE))
            .run());
  }

  private Optional<CheckFigures> checks(Workshop workshop, Plan plan) {
    if (isLeftOut(CHECKS)) {
      return Optional.empty();
    }
    progress(CHECKS);
    return Optional.of(
        new CheckBench(workshop, plan.rounds() * PROCESSES_A_ROUND, plan.turn())
            .run(InstantSource.system(), new SecureRandom()));
  }

  private boolean isLeftOut(String part) {
    return !only.isEmpty() && !only.contains(part);
  }

  private static void progress(String line) {
    System.err.println("bench: " + line);
  }

  private List<Contender> chosen() {
    List<Contender> all = Contender.all();
    List<String> names = all.stream().map(Contender::name).toList();
    for (String name : only) {
      if (!names.contains(name) && !BY_THEMSELVES.contains(name)) {
        throw new ParameterException(
            Objects.requireNonNull(spec).commandLine(),
            "--only knows "
                + String.join(", ", names)
                + ", evidence, decisions and checks, not "
                + name);
      }
    }
    return all.stream()
        .filter(contender ->
            only.isEmpty()
                || only.contains(contender.name())
                || (contender.isReference() && !BY_THEMSELVES.containsAll(only)))
        .toList();
  }
}
