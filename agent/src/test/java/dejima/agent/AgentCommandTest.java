package dejima.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.agent.config.AgentConfig;
import dejima.agent.config.ConfigReader;
import dejima.agent.config.ConfigReading;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class AgentCommandTest {
  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void initWritesAConfigurationThatTheAgentReads() {
    int exit = run("init", "--site", "s1", "--config", config().toString());

    assertThat(exit).isZero();
    assertThat(out.toString()).contains("pin sha256/");
    assertThat(ConfigReader.file(config())).isInstanceOf(ConfigReading.Read.class);
  }

  @Test
  void initLeavesAConfigurationAsItIs() throws IOException {
    Files.writeString(config(), "mine");

    int exit = run("init", "--config", config().toString());

    assertThat(exit).isEqualTo(2);
    assertThat(err.toString()).contains("exists already");
    assertThat(Files.readString(config())).isEqualTo("mine");
  }

  @Test
  void saysEveryMistakeAndExitsWithTwo() throws IOException {
    Files.writeString(config(), "sit: s1\nlisten: nowhere\n");

    int exit = run("--config", config().toString());

    assertThat(exit).isEqualTo(2);
    assertThat(err.toString())
        .contains("sit: is not known")
        .contains("listen: is")
        .contains("engine.kind");
  }

  @Test
  void saysThatItsPortIsTakenAndExitsWithOne() throws IOException {
    run("init", "--config", config().toString());
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      listenOn(taken.getLocalPort());

      int exit = run("--config", config().toString());

      assertThat(exit).isEqualTo(1);
      assertThat(err.toString()).contains("cannot listen on 127.0.0.1:" + taken.getLocalPort());
    }
  }

  @Test
  void saysThatItsKeyIsDamagedAndExitsWithOne() throws IOException {
    run("init", "--config", config().toString());
    Files.writeString(directory.resolve("identity").resolve("identity.pem"), "nonsense");

    int exit = run("--config", config().toString());

    assertThat(exit).isEqualTo(1);
    assertThat(err.toString()).contains("identity.pem is damaged");
  }

  @Test
  void startsAndStopsWithTheBuiltInEngine() throws IOException {
    run("init", "--config", config().toString());
    listenOn(0);

    try (Agent agent = Agent.start(read(), InstantSource.system())) {
      assertThat(agent.port()).isPositive();
      assertThat(out.toString()).contains(agent.pin().text());
    }
  }

  private void listenOn(int port) throws IOException {
    String sample = Files.readString(config());
    Files.writeString(config(), sample.replace("127.0.0.1:9101", "127.0.0.1:" + port));
  }

  private AgentConfig read() {
    return switch (ConfigReader.file(config())) {
      case ConfigReading.Read read -> read.config();
      case ConfigReading.Refused refused -> throw new AssertionError(refused);
    };
  }

  private Path config() {
    return directory.resolve("agent.yaml");
  }

  private int run(String... arguments) {
    return new CommandLine(new AgentCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
