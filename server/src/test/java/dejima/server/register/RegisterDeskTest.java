package dejima.server.register;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.evidence.Approvers;
import dejima.evidence.Approvers.Approver;
import dejima.evidence.EvidenceLog;
import dejima.evidence.LogSettings;
import dejima.evidence.RequestIds;
import dejima.evidence.Signer;
import dejima.register.Register;
import dejima.register.RegisterApproval;
import dejima.register.RegisterReading;
import dejima.server.records.LastRecorded;
import dejima.server.records.NodeRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RegisterDeskTest {
  private static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");
  private static final Signer SATO = signer("sato", 1);
  private static final Signer TANAKA = signer("tanaka", 2);
  private static final Approvers APPROVERS =
      new Approvers(
          List.of(new Approver("Sato", SATO.key()), new Approver("Tanaka", TANAKA.key())));

  @TempDir private Path home;
  private EvidenceLog log;
  private RegisterDesk desk;

  private static Signer signer(String name, int seed) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) seed;
    return Signer.ed25519(name, bytes);
  }

  @BeforeEach
  void open() throws IOException {
    Files.createDirectories(home.resolve("register/persons"));
    log = EvidenceLog.inMemory(LogSettings.of(signer("log", 9), InstantSource.fixed(NOW)));
    desk = desk();
  }

  @AfterEach
  void close() {
    log.close();
  }

  private RegisterDesk desk() {
    return new RegisterDesk(
        new RegisterSettings(home.resolve("register"), APPROVERS, java.util.Optional.empty()),
        home.resolve("kept"),
        new NodeRecords(
            log, new RequestIds(InstantSource.fixed(NOW), RandomGenerator.of("L64X128MixRandom"))),
        LastRecorded.in(home.resolve("recorded.json")));
  }

  private void write(String path, String text) throws IOException {
    Files.writeString(home.resolve("register").resolve(path), text);
  }

  private Register read() {
    return switch (Register.load(home.resolve("register"))) {
      case RegisterReading.Loaded(Register register) -> register;
      case RegisterReading.Rejected(var mistakes) -> throw new AssertionError(mistakes.toString());
    };
  }

  private void version(long version, String previous, Signer first, Signer second)
      throws IOException {
    write(
        "register.json",
        "{\"register\":\"r\",\"version\":%d%s}"
            .formatted(version, previous.isEmpty() ? "" : ",\"previous\":\"" + previous + "\""));
    write("persons/a.json", "{\"name\":\"A " + version + "\"}");
    Files.createDirectories(home.resolve("register/signatures"));
    var note = Approvers.sign(RegisterApproval.text(read()), first);
    if (!first.keyName().equals(second.keyName())) {
      note = Approvers.addSignature(note, second).orThrow();
    }
    write(RegisterApproval.path(), note.noteText());
  }

  private List<String> refusal() {
    return switch (desk.reload()) {
      case RegisterOutcome.InForce _ -> List.of();
      case RegisterOutcome.Refused(var reasons) -> reasons;
    };
  }

  @Test
  void putsInForceAndRecordsWhatTwoPeopleSigned() throws IOException {
    version(1, "", SATO, TANAKA);

    assertThat(refusal()).isEmpty();

    assertThat(desk.current()).isPresent();
    assertThat(log.head().size()).isEqualTo(1);
    assertThat(refusal()).isEmpty();
    assertThat(log.head().size()).isEqualTo(1);
  }

  @Test
  void refusesOneSignatureAndKeepsWhatIsInForce() throws IOException {
    version(1, "", SATO, TANAKA);
    assertThat(refusal()).isEmpty();
    String first = read().hash();

    version(2, first, SATO, SATO);

    assertThat(refusal()).singleElement().asString().contains("only Sato has signed");
    assertThat(desk.current().map(Register::hash)).contains(first);
  }

  @Test
  void refusesAVersionThatSkipsOneOrNamesAnotherPast() throws IOException {
    version(1, "", SATO, TANAKA);
    assertThat(refusal()).isEmpty();
    String first = read().hash();

    version(3, first, SATO, TANAKA);
    assertThat(refusal()).singleElement().asString().contains("the next is 2");

    version(2, "0".repeat(64), SATO, TANAKA);
    assertThat(refusal()).singleElement().asString().contains("it follows 000");

    version(2, first, SATO, TANAKA);
    assertThat(refusal()).isEmpty();
  }

  @Test
  void remembersWhatIsInForceThroughARestart() throws IOException {
    version(1, "", SATO, TANAKA);
    assertThat(refusal()).isEmpty();
    String first = read().hash();
    write("persons/a.json", "{");

    desk = desk();

    assertThat(desk.current().map(Register::hash)).contains(first);
    assertThat(desk.inForce().flatMap(RegisterDesk.InForce::entry)).isPresent();
    assertThat(refusal()).isNotEmpty();
    version(3, first, SATO, TANAKA);
    assertThat(refusal()).singleElement().asString().contains("the next is 2");
  }
}
