package dejima.server.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Says who can compel a person or a site's operator.
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Says who can compel a person or a site's operator, and by which chain of owners; for a"
          + " site also which evidence level its facts carry and what each level does not prove."
    })
final class RegisterExplain implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "DIR", description = "The register's directory.")
  private Path directory;

  @Parameters(index = "1", paramLabel = "ID", description = "Of a person or a site.")
  private String id;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Override
  public Integer call() {
    RegisterExplanation explanation =
        RegisterExplanation.of(Registers.read(directory), id, Instant.now())
            .orElseThrow(() ->
                new CommandFailed("There is no person and no site '" + id + "' in the register."));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(explanation.json().canonicalText());
    } else {
      explanation.print(out);
    }
    out.flush();
    return DejimaCommand.DONE;
  }
}
