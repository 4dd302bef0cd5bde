package dejima.server.cli;

import dejima.evidence.Json;
import dejima.register.Fact;
import dejima.register.Register;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Shows what is in a register.
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Lists a register's persons, sites and models, or prints one of its files.")
final class RegisterShow implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "DIR", description = "The register's directory.")
  private Path directory;

  @Parameters(
      index = "1",
      arity = "0..1",
      defaultValue = "",
      paramLabel = "ID",
      description = "Of a person, a site or a model.")
  private String id;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Override
  public Integer call() {
    Register register = Registers.read(directory);
    PrintWriter out = spec.commandLine().getOut();
    if (!id.isEmpty()) {
      one(register, out);
    } else if (json) {
      Json.Members files = Json.object();
      register.files().forEach((path, text) -> files.put(path, parsed(text)));
      out.println(files.build().canonicalText());
    } else {
      all(register, out);
    }
    out.flush();
    return DejimaCommand.DONE;
  }

  private static void all(Register register, PrintWriter out) {
    register.facts().stream()
        .collect(Collectors.groupingBy(Register.PlacedFact::of, TreeMap::new, Collectors.toList()))
        .forEach((of, facts) -> {
          out.println(of);
          for (Register.PlacedFact placed : facts) {
            Fact<?> fact = placed.fact();
            out.println(
                "  "
                    + placed.name()
                    + "  "
                    + fact.date()
                    + " to "
                    + fact.expires()
                    + "  "
                    + fact.source());
          }
        });
  }

  private void one(Register register, PrintWriter out) {
    List<String> found =
        register.files().entrySet().stream()
            .filter(file -> file.getKey().endsWith("/" + id + ".json"))
            .map(file -> json ? parsed(file.getValue()).canonicalText() : file.getValue())
            .toList();
    if (found.isEmpty()) {
      throw new CommandFailed("There is no '" + id + "' in the register.");
    }
    found.forEach(out::println);
  }

  private static Json parsed(String text) {
    return Json.read(text.getBytes(StandardCharsets.UTF_8)).orThrow();
  }
}
