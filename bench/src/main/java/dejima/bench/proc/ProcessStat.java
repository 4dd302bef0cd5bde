package dejima.bench.proc;

import java.util.List;
import java.util.Optional;

/// One process as `/proc/<pid>/stat` shows it (proc_pid_stat(5)).
///
/// @param pid the process
/// @param parent its parent
/// @param ticks CPU time used by it and by the children that it has waited for: utime + stime +
///   cutime + cstime, in clock ticks
public record ProcessStat(long pid, long parent, long ticks) {
  private static final int PARENT = 1;
  private static final int USER_TIME = 11;
  private static final int TIMES = 4;

  /// Reads the file's one line. The command name may itself contain blanks and brackets, so fields
  /// count from its last bracket.
  ///
  /// @param line the file's content
  /// @return the process, or nothing when the line has another form
  public static Optional<ProcessStat> parse(String line) {
    int open = line.indexOf(" (");
    int close = line.lastIndexOf(") ");
    if (open < 1 || close < open) {
      return Optional.empty();
    }
    List<String> fields = List.of(line.substring(close + 2).trim().split(" "));
    if (fields.size() < USER_TIME + TIMES) {
      return Optional.empty();
    }
    try {
      long ticks = 0;
      for (String time : fields.subList(USER_TIME, USER_TIME + TIMES)) {
        ticks += Long.parseLong(time);
      }
      long pid = Long.parseLong(line.substring(0, open));
      return Optional.of(new ProcessStat(pid, Long.parseLong(fields.get(PARENT)), ticks));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
