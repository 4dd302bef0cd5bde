package dejima.bench.proc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The `/proc` file system. What vanishes while it is read counts as not there.
public final class ProcFiles {
  private static final Duration TICK = Duration.ofMillis(10);

  private final Path root;

  /// Reads below a directory.
  ///
  /// @param root `/proc`, or a copy of it in a test
  public ProcFiles(Path root) {
    this.root = root;
  }

  /// Every process that can be read.
  ///
  /// @return the processes, in no order
  public List<ProcessStat> processes() {
    List<ProcessStat> found = new ArrayList<>();
    try (Stream<Path> entries = Files.list(root)) {
      entries
          .filter(entry -> Character.isDigit(entry.getFileName().toString().charAt(0)))
          .forEach(entry ->
              text(entry.resolve("stat")).flatMap(ProcessStat::parse).ifPresent(found::add));
    } catch (IOException e) {
      throw new UncheckedIOException("no process list here; the benchmark needs Linux", e);
    }
    return found;
  }

  /// A process's working directory.
  ///
  /// @param pid the process
  /// @return the directory, or nothing when the process is gone or another user's
  public Optional<Path> workingDirectory(long pid) {
    try {
      return Optional.of(Files.readSymbolicLink(root.resolve(pid + "/cwd")));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// Resident memory of a process.
  ///
  /// @param pid the process
  /// @return what `smaps_rollup` says, or nothing when the process is gone
  public Optional<Memory> memory(long pid) {
    return text(root.resolve(pid + "/smaps_rollup")).map(Memory::parse);
  }

  /// CPU time that the whole machine has spent on something other than idling.
  ///
  /// @return the time since boot, over all processors
  public Duration busy() {
    return text(root.resolve("stat"))
        .map(MachineStat::busyTicks)
        .map(ProcFiles::time)
        .orElse(Duration.ZERO);
  }

  /// The load averages.
  ///
  /// @return the first three figures of `loadavg`, as text
  public String loadAverage() {
    return text(root.resolve("loadavg"))
        .map(line -> String.join(" ", List.of(line.split(" ")).subList(0, 3)))
        .orElse("unknown");
  }

  /// The processor's name.
  ///
  /// @return the first model name in `cpuinfo`
  public String processor() {
    return text(root.resolve("cpuinfo")).stream()
        .flatMap(String::lines)
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).trim())
        .findFirst()
        .orElse("unknown processor");
  }

  /// The machine's memory.
  ///
  /// @return megabytes of 10⁶ bytes, 0 when unknown
  public long memoryMegabytes() {
    return text(root.resolve("meminfo")).stream()
        .flatMap(String::lines)
        .filter(line -> line.startsWith("MemTotal:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1_024 / 1_000_000)
        .findFirst()
        .orElse(0);
  }

  /// Turns clock ticks into time. User space sees 100 ticks a second on every Linux that runs a
  /// JDK.
  ///
  /// @param ticks clock ticks
  /// @return the time
  static Duration time(long ticks) {
    return TICK.multipliedBy(ticks);
  }

  private static Optional<String> text(Path file) {
    try {
      return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
