package dejima.bench.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcFilesTest {
  @TempDir private Path proc;

  @Test
  void countsFieldsFromTheLastBracketOfTheCommandName() {
    String line = "42 (a) (b c) S 7 42 42 0 -1 4194304 9 8 0 0 100 20 3 1 20 0 30 0 55 1000 200";

    assertThat(ProcessStat.parse(line)).contains(new ProcessStat(42, 7, 124));
  }

  @Test
  void takesNothingFromALineOfAnotherForm() {
    assertThat(ProcessStat.parse("")).isEmpty();
    assertThat(ProcessStat.parse("42 (short) S 7")).isEmpty();
    assertThat(ProcessStat.parse("x (y) S 7 0 0 0 0 0 0 0 0 0 1 2 3 4 5")).isEmpty();
  }

  @Test
  void addsChildrenAndProcessesThatWorkInTheRunDirectory() throws IOException {
    Path run = Files.createDirectories(proc.resolve("work/run"));
    process(10, 1, 5, proc);
    process(11, 10, 7, proc);
    process(12, 11, 1, proc);
    process(20, 1, 100, run.resolve("database"));
    process(21, 20, 1_000, proc);
    process(30, 1, 10_000, proc);

    var tree = new ProcessTree(new ProcFiles(proc), 10, run);

    assertThat(tree.members())
        .extracting(ProcessStat::pid)
        .containsExactlyInAnyOrder(10L, 11L, 12L, 20L, 21L);
    assertThat(tree.cpu()).isEqualTo(Duration.ofMillis(11_130));
  }

  @Test
  void readsResidentMemoryInBytes() {
    Memory memory =
        Memory.parse("55d0-7ffd ---p 00000000 00:00 0 [rollup]\nRss:  2048 kB\nPss:  1024 kB\n");

    assertThat(memory.plus(Memory.NONE)).isEqualTo(new Memory(2_097_152, 1_048_576));
  }

  @Test
  void leavesIdleAndWaitingTimeOutOfTheMachinesBusyTime() throws IOException {
    Files.writeString(proc.resolve("stat"), "cpu  10 20 30 4000 500 1 2 3 9 9\ncpu0 1 1 1 1\n");

    assertThat(new ProcFiles(proc).busy()).isEqualTo(Duration.ofMillis(660));
  }

  @Test
  void seesThisVeryProcessUseTime() {
    var tree =
        new ProcessTree(new ProcFiles(Path.of("/proc")), ProcessHandle.current().pid(), proc);

    assertThat(tree.cpu()).isPositive();
    assertThat(tree.memory().resident()).isPositive();
  }

  private void process(long pid, long parent, long ticks, Path directory) throws IOException {
    Path entry = Files.createDirectories(proc.resolve(Long.toString(pid)));
    Files.writeString(
        entry.resolve("stat"),
        "%d (x) S %d 0 0 0 0 0 0 0 0 0 %d 0 0 0 20".formatted(pid, parent, ticks));
    Files.createSymbolicLink(entry.resolve("cwd"), directory);
  }
}
