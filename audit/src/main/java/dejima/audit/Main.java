package dejima.audit;

/// The entry point of the small program.
public final class Main {
  private Main() {}

  /// Runs one command and ends with its exit code.
  static void main(String[] arguments) {
    System.exit(AuditCommand.commandLine(arguments).execute(arguments));
  }
}
