package dejima.bench.proc;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// All processes that belong to one contender: the one that was started, those that work inside its
/// run directory (a database that has detached itself), and the descendants of both.
///
/// @param proc where processes are read
/// @param root the process that was started
/// @param directory the contender's run directory, absolute
public record ProcessTree(ProcFiles proc, long root, Path directory) {
  /// CPU time of the whole tree so far, ended and waited-for children included.
  ///
  /// @return user plus system time
  public Duration cpu() {
    return ProcFiles.time(members().stream().mapToLong(ProcessStat::ticks).sum());
  }

  /// Resident memory of the whole tree.
  ///
  /// @return the sum over its processes
  public Memory memory() {
    return members().stream()
        .flatMap(member -> proc.memory(member.pid()).stream())
        .reduce(Memory.NONE, Memory::plus);
  }

  /// The tree's processes.
  ///
  /// @return who is alive now
  public List<ProcessStat> members() {
    List<ProcessStat> rest = new ArrayList<>(proc.processes());
    Set<Long> known = new HashSet<>();
    List<ProcessStat> members = new ArrayList<>();
    boolean grown = true;
    while (grown) {
      List<ProcessStat> found = rest.stream().filter(process -> belongs(process, known)).toList();
      members.addAll(found);
      rest.removeAll(found);
      grown = !found.isEmpty();
      found.forEach(process -> known.add(process.pid()));
    }
    return members;
  }

  private boolean belongs(ProcessStat process, Set<Long> known) {
    return process.pid() == root
        || known.contains(process.parent())
        || proc.workingDirectory(process.pid())
            .filter(path -> path.startsWith(directory))
            .isPresent();
  }
}
