package dejima.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RegisterCommandTest {
  @TempDir private Path home;
  private String register = "";

  @BeforeEach
  void writeARegister() throws IOException {
    Path directory = home.resolve("register");
    register = directory.toString();
    Files.createDirectories(directory.resolve("persons"));
    Files.writeString(directory.resolve("register.json"), "{\"register\":\"r\",\"version\":1}");
    Files.writeString(directory.resolve("persons/a.json"), "{\"name\":\"A\"}");
  }

  private static CommandRun run(String... arguments) {
    return CommandRun.of(arguments);
  }

  /// Makes a key.
  ///
  /// @return `PERSON=VKEY`
  private String approver(String name) {
    return name + "=" + run("register", "key", name, "--out", key(name)).out().strip();
  }

  private String key(String name) {
    return home.resolve(name + ".key").toString();
  }

  @Test
  void letsTwoPeopleSignOneNote() {
    String sato = approver("sato");
    String tanaka = approver("tanaka");

    CommandRun first = run("register", "sign", register, "--key", key("sato"));
    CommandRun lacking =
        run("register", "check", register, "--approver", sato, "--approver", tanaka);
    CommandRun second = run("register", "sign", register, "--key", key("tanaka"));
    CommandRun approved =
        run("register", "check", register, "--approver", sato, "--approver", tanaka);

    assertThat(first.out()).startsWith("dejima register\nr\nversion 1\n");
    assertThat(first.out()).endsWith("signatures: 1 of 2\n");
    assertThat(lacking.code()).isEqualTo(DejimaCommand.FAILED);
    assertThat(lacking.out()).contains("not approved: only sato has signed");
    assertThat(second.out()).endsWith("signatures: 2 of 2\n");
    assertThat(approved.code()).isZero();
    assertThat(approved.out()).contains("approved by sato, tanaka");
  }

  @Test
  void refusesTheSameSignatureTwice() {
    approver("sato");

    assertThat(run("register", "sign", register, "--key", key("sato")).code()).isZero();
    assertThat(run("register", "sign", register, "--key", key("sato")).err())
        .contains("Nothing was signed: key sato has signed already");
  }

  @Test
  void keepsANewKeyFromOthersAndWritesOverNone() throws IOException {
    approver("sato");

    CommandRun again = run("register", "key", "sato", "--out", key("sato"));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(key("sato")))))
        .isEqualTo("rw-------");
    assertThat(again.code()).isEqualTo(DejimaCommand.FAILED);
    assertThat(again.err()).contains("is there already");
  }

  @Test
  void saysWhyAKeyFileOrAnApproverCannotBeUsed() throws IOException {
    Path file = Files.writeString(home.resolve("no.key"), "not a key");

    assertThat(run("register", "sign", register, "--key", file.toString()).err())
        .contains("cannot be used: a private key is written");
    assertThat(run("register", "sign", register, "--key", key("nobody")).err())
        .contains("cannot be read");
    assertThat(run("register", "check", register, "--approver", "sato").err())
        .contains("--approver is written PERSON=VKEY");
    assertThat(run("register", "check", register).out()).contains("signatures not checked");
  }

  @Test
  void signsAndChecksAMirrorInTheSameWay() throws IOException {
    Path mirror = Files.createDirectories(home.resolve("mirror"));
    Files.writeString(
        mirror.resolve("mirror.json"),
        """
        {"mirror":"m","version":1,"issued":"2026-11-01T00:00:00Z","expires":"2026-12-01T00:00:00Z",
         "measurements":{},"egressClosed":[],"amdLeastTcb":[0,0,0,0],"amdLeastTcbTurin":[0,0,0,0,0]}
        """);
    String sato = approver("sato");
    String tanaka = approver("tanaka");

    assertThat(run("mirror", "sign", mirror.toString(), "--key", key("sato")).out())
        .endsWith("signatures: 1 of 2\n");
    assertThat(run("mirror", "sign", mirror.toString(), "--key", key("tanaka")).code()).isZero();
    CommandRun checked =
        run("mirror", "check", mirror.toString(), "--approver", sato, "--approver", tanaka);

    assertThat(checked.out()).endsWith("approved by sato, tanaka\n");
    assertThat(checked.code()).isZero();
  }
}
