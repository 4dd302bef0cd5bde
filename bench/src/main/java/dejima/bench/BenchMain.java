package dejima.bench;

import picocli.CommandLine;

/// The benchmark's entry point.
public final class BenchMain {
  private BenchMain() {}

  /// Runs the benchmark.
  ///
  /// @param arguments the command line; `--help` explains it
  static void main(String[] arguments) {
    System.exit(new CommandLine(new BenchCommand()).execute(arguments));
  }
}
