package dejima.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class BenchCommandTest {
  private final StringWriter output = new StringWriter();
  private final CommandLine command =
      new CommandLine(new BenchCommand())
          .setOut(new PrintWriter(output, true))
          .setErr(new PrintWriter(output, true));

  @Test
  void explainsItself() {
    assertThat(command.execute("--help")).isZero();
    assertThat(output.toString()).contains("--quick", "--json", "--only", "Exit codes");
  }

  @Test
  void refusesAContenderThatItDoesNotKnow() {
    assertThat(command.execute("--only", "nginx,apache")).isEqualTo(2);
    assertThat(output.toString()).contains("not apache");
  }
}
