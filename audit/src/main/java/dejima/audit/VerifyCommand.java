package dejima.audit;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Judges a receipt, offline: from the file and what its reader trusts, and nothing else.
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = "Checks a receipt offline, from the file and the keys that you trust alone.",
    footer = {
      "",
      "Exit codes: 0 genuine, 1 a file cannot be read, 2 wrong usage, 3 refused.",
      "What is proved and what is not is printed, and with --json every step; codes there are stable."
    })
final class VerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The receipt.")
  private Path file;

  @Option(
      names = {"-k", "--keys"},
      defaultValue = VerifyArguments.KEYS,
      description = "The log's key: a vkey or a C2SP tlog-policy file (default: ${DEFAULT-VALUE}).")
  private Path keys;

  @Option(names = "--request", description = "The request's body as it was sent, to be compared.")
  private Optional<Path> request;

  @Option(
      names = "--response",
      description = "The answer's body as it was received, to be compared.")
  private Optional<Path> response;

  @Option(names = "--promise", description = "The value of the header Dejima-Promise.")
  private Optional<String> promise;

  @Option(
      names = "--landmarks",
      description = "The landmarks that you trust: a file as /log/landmarks serves it.")
  private Optional<Path> landmarks;

  @Option(
      names = "--approvers",
      description =
          "The people whom you trust to approve policy, register and mirror: a file as"
              + " /log/approvers serves it.")
  private Optional<Path> approvers;

  @Option(
      names = "--cose",
      description = "A COSE receipt (RFC 9942) of the same entry, to be checked too.")
  private Optional<Path> cose;

  @Option(
      names = "--succession",
      description = "How the log's keys followed one another: a file as /log/succession serves it.")
  private Optional<Path> succession;

  @Option(
      names = "--lang",
      defaultValue = "both",
      description = "The language: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private VerdictLanguage language;

  @Option(names = "--json", description = "Prints JSON, in both languages.")
  private boolean json;

  @Override
  public Integer call() {
    return new VerifyRun(
            new VerifyArguments(
                file,
                keys,
                request,
                response,
                promise,
                landmarks,
                approvers,
                cose,
                succession,
                language,
                json))
        .run(spec.commandLine().getOut());
  }
}
