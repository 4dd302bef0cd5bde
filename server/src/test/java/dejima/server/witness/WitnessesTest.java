package dejima.server.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dejima.evidence.Cosigner;
import dejima.evidence.EvidenceLog;
import dejima.evidence.Json;
import dejima.evidence.NoteKey;
import dejima.evidence.NoteSecret;
import dejima.evidence.Quorum;
import dejima.evidence.SignatureType;
import dejima.evidence.SignedNote;
import dejima.evidence.VerificationKeys;
import dejima.server.Specimen;
import dejima.server.records.NodeRecords;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Collecting cosignatures from witnesses that work, are away, and lie.
final class WitnessesTest {
  private static final Cosigner ONE = cosigner(1);
  private static final Cosigner TWO = cosigner(2);

  private final List<AutoCloseable> open = new ArrayList<>();
  private final EvidenceLog log = Specimen.log();
  @TempDir private Path folder;

  private static Cosigner cosigner(int seed) {
    return new Cosigner(
        NoteSecret.generate(
            "w.example/" + seed, SignatureType.COSIGNATURE_ED25519, new Random(seed)));
  }

  /// What the stub was asked, and what it says.
  private URI witness(int status, String type, UnaryOperator<String> answer) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/w/add-checkpoint",
        exchange -> {
          try (exchange) {
            String body =
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            byte[] bytes = answer.apply(body).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
          }
        });
    server.start();
    open.add(() -> server.stop(0));
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/w");
  }

  private URI honest(Cosigner cosigner) throws IOException {
    return witness(
        200,
        "text/plain",
        body -> {
          var note = SignedNote.parse(body.substring(body.indexOf("\n\n") + 2)).orThrow();
          return cosigner.cosign(note, Specimen.CLOCK.instant()).text();
        });
  }

  private Witnesses ask(Map<NoteKey, URI> addresses, Quorum quorum) {
    var policy =
        new VerificationKeys(List.of(), List.copyOf(addresses.keySet()), quorum, addresses);
    var witnesses = new Witnesses(log, policy, Specimen.CLOCK);
    open.add(witnesses);
    return witnesses;
  }

  private static Quorum both() {
    return new Quorum.Group(
        2, List.of(new Quorum.Witness(ONE.key()), new Quorum.Witness(TWO.key())));
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      // Asking again and again at once would keep the log's lock from the thread awaited.
      LockSupport.parkNanos(5_000_000);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  private static WitnessStatus of(Witnesses witnesses, NoteKey key) {
    return witnesses.statuses().stream()
        .filter(one -> one.name().equals(key.name()))
        .findFirst()
        .orElseThrow();
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open.reversed()) {
      one.close();
    }
  }

  @Test
  void publishesATreeHeadOnceTheQuorumCosignedIt() throws IOException {
    var witnesses = ask(Map.of(ONE.key(), honest(ONE), TWO.key(), honest(TWO)), both());

    await(() -> log.witnessed().isPresent());

    assertThat(log.witnessed().orElseThrow().signatures())
        .extracting(SignedNote.Line::name)
        .contains(log.key().name(), ONE.key().name(), TWO.key().name());
    assertThat(witnesses.remarks()).isEmpty();
    assertThat(WitnessJson.of(witnesses).canonicalText()).contains("\"cosigning\"");
  }

  @Test
  void followsTheLogAsItGrows() throws IOException {
    ask(Map.of(ONE.key(), honest(ONE)), new Quorum.Witness(ONE.key()));
    await(() -> log.witnessed().isPresent());

    new NodeRecords(log, Specimen.ids())
        .record(dejima.evidence.Kind.KEY, Json.object().put("change", "test").build());

    await(() -> log.witnessed().orElseThrow().text().equals(log.checkpoint().text()));
  }

  @Test
  void reportsAWitnessWhoseSignatureIsFalseAndGoesOnWithoutIt() throws IOException {
    var liar =
        witness(
            200,
            "text/plain",
            body -> new SignedNote.Line(TWO.key().name(), TWO.key().id(), "AAAAAGkf").text());
    var witnesses =
        ask(Map.of(ONE.key(), honest(ONE), TWO.key(), liar), new Quorum.Witness(ONE.key()));

    await(() -> log.witnessed().isPresent());
    await(() -> of(witnesses, TWO.key()).state() == WitnessStatus.State.CONTRADICTING);

    assertThat(witnesses.remarks())
        .containsExactly("witness w.example/2: its cosignature does not verify");
    assertThat(log.witnessed().orElseThrow().signatures())
        .extracting(SignedNote.Line::name)
        .doesNotContain(TWO.key().name());
  }

  @Test
  void reportsAWitnessThatSawMoreThanThereIs() throws IOException {
    var liar = witness(409, "text/x.tlog.size", _ -> "999\n");
    var witnesses = ask(Map.of(ONE.key(), liar), new Quorum.Witness(ONE.key()));

    await(() -> of(witnesses, ONE.key()).state() == WitnessStatus.State.CONTRADICTING);

    assertThat(witnesses.remarks().getFirst()).contains("999 entries");
    assertThat(log.witnessed()).isEmpty();
  }

  @Test
  void reportsAWitnessThatSeesASecondHistory() throws IOException {
    var witnesses =
        ask(
            Map.of(ONE.key(), witness(422, "text/plain", _ -> "no")),
            new Quorum.Witness(ONE.key()));

    await(() -> of(witnesses, ONE.key()).state() == WitnessStatus.State.CONTRADICTING);

    assertThat(log.witnessed()).isEmpty();
  }

  @Test
  void waitsForAQuorumWhileAWitnessIsAway() throws IOException {
    var witnesses =
        ask(Map.of(ONE.key(), honest(ONE), TWO.key(), URI.create("http://127.0.0.1:1/")), both());

    await(() -> of(witnesses, TWO.key()).state() == WitnessStatus.State.UNAVAILABLE);
    await(() -> of(witnesses, ONE.key()).state() == WitnessStatus.State.COSIGNING);

    assertThat(log.witnessed()).isEmpty();
    assertThat(witnesses.remarks()).hasSize(1);
  }

  @Test
  void readsAPolicyFileAndSaysWhatToMend() throws IOException {
    Path file = folder.resolve("policy");
    String line = "witness w " + ONE.key().text();
    Files.writeString(file, line + " https://w.example/\nquorum w\n");
    assertThat(WitnessPolicy.read(file).addresses())
        .containsEntry(ONE.key(), URI.create("https://w.example/"));

    Files.writeString(file, line + "\nquorum w\n");
    assertThatThrownBy(() -> WitnessPolicy.read(file)).hasMessageContaining("has no http");
    Files.writeString(file, line + " ftp://w.example/\nquorum w\n");
    assertThatThrownBy(() -> WitnessPolicy.read(file)).hasMessageContaining("has no http");
    Files.writeString(file, "nonsense\n");
    assertThatThrownBy(() -> WitnessPolicy.read(file)).hasMessageContaining("line 1");
    assertThatThrownBy(() -> WitnessPolicy.read(folder.resolve("gone")))
        .hasMessageContaining("cannot be read");
  }
}
