package dejima.audit;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// The entry point of the small program.
public final class Main {
  private static final String VERIFY = "verify";

  private Main() {}

  /// Runs one command and ends with its exit code.
  static void main(String[] arguments) {
    System.exit(run(List.of(arguments)));
  }

  private static int run(List<String> arguments) {
    Optional<VerifyArguments> plain =
        !arguments.isEmpty() && arguments.getFirst().equals(VERIFY)
            ? VerifyArguments.plain(arguments.subList(1, arguments.size()))
            : Optional.empty();
    return plain
        .map(Main::verify)
        .orElseGet(() -> {
          String[] words = arguments.toArray(String[]::new);
          return AuditCommand.commandLine(words).execute(words);
        });
  }

  private static int verify(VerifyArguments asked) {
    PrintWriter out = new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
    try {
      return new VerifyRun(asked).run(out);
    } catch (CommandFailed failed) {
      System.err.println(failed.getMessage());
      return AuditCommand.FAILED;
    }
  }
}
