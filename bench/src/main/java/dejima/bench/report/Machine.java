package dejima.bench.report;

import dejima.bench.proc.ProcFiles;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;

/// Where and when a run took place.
///
/// @param date the day, UTC
/// @param processor its name
/// @param processors how many
/// @param memoryMegabytes how much the machine has
/// @param system kernel name and version
/// @param java the harness's JDK
/// @param loadBefore the load averages before the run
public record Machine(
    LocalDate date,
    String processor,
    int processors,
    long memoryMegabytes,
    String system,
    String java,
    String loadBefore) {
  /// This machine, now.
  ///
  /// @param proc the `/proc` file system
  /// @param clock the time
  /// @return what the report says of it
  public static Machine here(ProcFiles proc, InstantSource clock) {
    return new Machine(
        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
        proc.processor(),
        Runtime.getRuntime().availableProcessors(),
        proc.memoryMegabytes(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        Runtime.version().toString(),
        proc.loadAverage());
  }
}
