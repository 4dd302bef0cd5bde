package dejima.bench;

import dejima.bench.contender.Contender;
import dejima.bench.contender.Workshop;
import dejima.bench.measure.Outcome;
import dejima.bench.measure.Plan;
import dejima.bench.measure.SideBySide;
import dejima.bench.proc.ProcFiles;
import dejima.bench.report.JsonReport;
import dejima.bench.report.Machine;
import dejima.bench.report.MarkdownReport;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
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
  @Spec private @org.jspecify.annotations.Nullable CommandSpec spec;

  @Option(names = "--quick", description = "Short rounds, for a first look: about two minutes.")
  private boolean quick;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "NAME",
      description =
          "Measure these alone: direct, nginx, spring-cloud-gateway, portkey, dejima. What is added counts from"
              + " direct and ratios from nginx, so both always take part.")
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
        new SideBySide(workshop, plan, line -> System.err.println("bench: " + line))
            .run(contenders);
    String table = new MarkdownReport(machine, plan, outcome).text();
    System.out.print(table);
    results.ifPresent(file -> Workshop.write(file, table));
    json.ifPresent(file -> Workshop.write(file, new JsonReport(machine, plan, outcome).text()));
    return outcome.complete() ? 0 : 1;
  }

  private List<Contender> chosen() {
    List<Contender> all = Contender.all();
    List<String> names = all.stream().map(Contender::name).toList();
    for (String name : only) {
      if (!names.contains(name)) {
        throw new ParameterException(
            java.util.Objects.requireNonNull(spec).commandLine(),
            "--only knows " + String.join(", ", names) + ", not " + name);
      }
    }
    return all.stream()
        .filter(contender ->
            only.isEmpty() || contender.isReference() || only.contains(contender.name()))
        .toList();
  }
}
