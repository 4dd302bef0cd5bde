package dejima.server.cli;

import dejima.evidence.Json;
import dejima.evidence.Reading;
import dejima.register.Register;
import dejima.register.RegisterApproval;
import dejima.register.RegisterDiff;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Compares two versions of a register.
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = "Shows what differs between two versions, fact by fact.")
final class RegisterDiffCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "OLD", description = "A register's directory.")
  private Path before;

  @Parameters(index = "1", paramLabel = "NEW", description = "A register's directory.")
  private Path after;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Override
  public Integer call() {
    Register old = Registers.read(before);
    Register next = Registers.read(after);
    List<String> changes =
        RegisterDiff.between(old, next).changes().stream().map(RegisterDiff.Change::text).toList();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.object().put("changes", Json.strings(changes)).build().canonicalText());
    } else {
      changes.forEach(out::println);
      out.println(
          switch (RegisterApproval.follow(old, next)) {
            case Reading.Read<Register> _ -> "the second may follow the first";
            case Reading.Unreadable<Register>(String reason) ->
                "the second cannot follow the first: " + reason;
          });
    }
    out.flush();
    return DejimaCommand.DONE;
  }
}
