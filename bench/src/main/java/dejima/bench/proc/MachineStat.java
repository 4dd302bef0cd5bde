package dejima.bench.proc;

import java.util.List;

/// The first line of `/proc/stat` (proc_stat(5)): how the processors have spent their time.
final class MachineStat {
  private static final int IDLE = 3;
  private static final int WAITING = 4;
  private static final int STOLEN = 7;

  private MachineStat() {}

  /// Adds up what was neither idle nor waiting for a disk; guest time is part of user time already.
  ///
  /// @param text the file's content
  /// @return clock ticks, over all processors
  static long busyTicks(String text) {
    String line = text.lines().findFirst().orElse("");
    List<String> fields = List.of(line.replaceFirst("^cpu\\s+", "").split(" "));
    long ticks = 0;
    for (int i = 0; i < Math.min(fields.size(), STOLEN + 1); i++) {
      if (i != IDLE && i != WAITING) {
        ticks += Long.parseLong(fields.get(i));
      }
    }
    return ticks;
  }
}
