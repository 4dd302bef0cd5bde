package dejima.bench.checking;

import dejima.bench.contender.Shell;
import dejima.bench.contender.Workshop;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Verifies one real receipt with a new process each time, beside a Java process that does nothing
/// but start and end.
///
/// @param workshop where the demo makes the receipt
/// @param times how often each
record ColdVerification(Workshop workshop, int times) {
  private static final double NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  /// @param verify each verification's time in ms, by the launcher
  /// @param bare each bare process's time in ms
  record Times(List<Double> verify, List<Double> bare) {
    Times {
      verify = List.copyOf(verify);
      bare = List.copyOf(bare);
    }
  }

  /// The first two verifications teach the JVM what later ones know, and are not counted.
  Times measure() {
    Path directory = workshop.fresh("verify");
    Path dejima = workshop.repository().resolve("dejima");
    millis(
        directory,
        dejima.toString(),
        "demo",
        "--once",
        "--directory",
        directory.toString(),
        "--port",
        Integer.toString(Workshop.freePort()));
    List<Double> verify = new ArrayList<>();
    List<Double> bare = new ArrayList<>();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    for (int i = -2; i < times; i++) {
      double empty = millis(directory, java, "-XX:+UseSerialGC", "-Xshare:auto", "-version");
      double verified =
          millis(
              directory,
              dejima.toString(),
              "verify",
              "receipt.txt",
              "--request",
              "request.json",
              "--response",
              "response.txt");
      if (i >= 0) {
        bare.add(empty);
        verify.add(verified);
      }
    }
    return new Times(verify, bare);
  }

  private static double millis(Path directory, String... command) {
    long start = System.nanoTime();
    return switch (Shell.run(directory, Map.of(), command)) {
      case Shell.Done _ -> (System.nanoTime() - start) / NANOS_PER_MILLI;
      case Shell.Failed(String reason) ->
          throw new CheckFailedException(String.join(" ", command) + ": " + reason);
    };
  }
}
