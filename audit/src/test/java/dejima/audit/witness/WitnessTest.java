package dejima.audit.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dejima.evidence.Checkpoint;
import dejima.evidence.Cosigner;
import dejima.evidence.NoteSecret;
import dejima.evidence.Reading;
import dejima.evidence.SignatureType;
import dejima.evidence.SignedNote;
import dejima.evidence.Signer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The witness against the text of C2SP tlog-witness, sentence by sentence.
final class WitnessTest {
  private static final String ORIGIN = "log.example/a";
  private static final List<Cosigner> COSIGNERS =
      Stream.of(SignatureType.COSIGNATURE_ED25519, SignatureType.COSIGNATURE_ML_DSA_44)
          .map(type -> new Cosigner(NoteSecret.generate("w.example/1", type, new Random(5))))
          .toList();

  @TempDir private Path folder;
  private final GrowingLog log = new GrowingLog(ORIGIN, 1).grow(20);

  private Witness witness() {
    return new Witness(List.of(log.key()), COSIGNERS, new Memory(folder), GrowingLog.CLOCK);
  }

  @Test
  void cosignsALogThatOnlyGrowsWithBothKeys() {
    var witness = witness();
    int[] sizes = {0, 1, 2, 3, 7, 8, 8, 13, 20};

    for (int i = 1; i < sizes.length; i++) {
      var answer = witness.add(log.request(sizes[i - 1], sizes[i]));

      var lines = ((Answer.Cosigned) answer).cosignatures();
      String text = log.head(sizes[i]).text();
      assertThat(lines).hasSize(2);
      for (int key = 0; key < 2; key++) {
        assertThat(lines.get(key).verifies(COSIGNERS.get(key).key(), text)).isTrue();
      }
      assertThat(witness.latestByHash(Memory.name(ORIGIN)).orElseThrow().text()).isEqualTo(text);
    }
  }

  @Test
  void answersAStaleSizeWithTheLatestOne() {
    var witness = witness();
    witness.add(log.request(0, 8));

    assertThat(witness.add(log.request(0, 13))).isEqualTo(new Answer.Stale(8));
    assertThat(witness.add(log.request(7, 13))).isEqualTo(new Answer.Stale(8));
    assertThat(witness.add(log.request(9, 13))).isEqualTo(new Answer.Stale(8));
  }

  @Test
  void refusesToGoBackAndToHearTheSameTwice() {
    var witness = witness();
    byte[] first = log.request(0, 8);
    witness.add(first);

    assertThat(witness.add(log.request(0, 5))).isEqualTo(new Answer.Stale(8));
    assertThat(witness.add(GrowingLog.request(8, List.of(), log.head(5))))
        .isInstanceOf(Answer.Malformed.class);
    assertThat(witness.add(first)).isEqualTo(new Answer.Stale(8));
  }

  @Test
  void remembersAcrossARestart() {
    witness().add(log.request(0, 8));

    var restarted = witness();

    assertThat(restarted.add(log.request(0, 5))).isEqualTo(new Answer.Stale(8));
    assertThat(restarted.add(log.request(8, 13))).isInstanceOf(Answer.Cosigned.class);
  }

  @Test
  void signsNothingOnceItsMemoryIsDamaged() throws IOException {
    witness().add(log.request(0, 8));
    Files.writeString(folder.resolve(Memory.name(ORIGIN)), "nothing");

    assertThatThrownBy(() -> witness().add(log.request(8, 13)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void signsNothingThatItCannotRemember() throws IOException {
    var nowhere =
        new Witness(
            List.of(log.key()), COSIGNERS, new Memory(folder.resolve("gone")), GrowingLog.CLOCK);

    assertThatThrownBy(() -> nowhere.add(log.request(0, 8)))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void findsASecondHistory() {
    var witness = witness();
    witness.add(log.request(0, 8));
    var other = new GrowingLog(ORIGIN, 2).grow(20);

    assertThat(witness.add(GrowingLog.request(8, List.of(), other.head(8))))
        .isEqualTo(new Answer.Split());
    assertThat(witness.add(other.request(8, 13))).isInstanceOf(Answer.Inconsistent.class);
    assertThat(witness.add(log.request(8, 13))).isInstanceOf(Answer.Cosigned.class);
  }

  @Test
  void refusesEveryForgedProof() {
    var witness = witness();
    witness.add(log.request(0, 7));
    var proof = log.proof(7, 20);
    var forged = new ArrayList<List<String>>();
    for (int i = 0; i < proof.size(); i++) {
      var changed = new ArrayList<>(proof);
      changed.set(i, log.checkpoint(3).root());
      forged.add(changed);
      var shorter = new ArrayList<>(proof);
      shorter.remove(i);
      forged.add(shorter);
    }
    var swapped = new ArrayList<>(proof);
    Collections.swap(swapped, 0, 1);
    forged.add(swapped);
    var longer = new ArrayList<>(proof);
    longer.add(proof.getLast());
    forged.add(longer);

    for (var bad : forged) {
      assertThat(witness.add(GrowingLog.request(7, bad, log.head(20))))
          .isInstanceOf(Answer.Inconsistent.class);
    }
    assertThat(witness.add(GrowingLog.request(7, proof, log.head(20))))
        .isInstanceOf(Answer.Cosigned.class);
  }

  @Test
  void wantsAnEmptyProofFromNothingAndTheRootOfNothing() {
    var zero = Signer.ed25519(NoteSecret.generate(ORIGIN, new Random(ORIGIN.hashCode())));
    String root = log.checkpoint(3).root();

    assertThat(witness().add(GrowingLog.request(0, List.of(root), log.head(8))))
        .isInstanceOf(Answer.Inconsistent.class);
    assertThat(witness().add(GrowingLog.request(0, List.of(), log.head(0))))
        .isInstanceOf(Answer.Cosigned.class);
    assertThat(
            new Witness(
                    List.of(log.key()),
                    COSIGNERS,
                    new Memory(folder.resolve("other")),
                    GrowingLog.CLOCK)
                .add(
                    GrowingLog.request(
                        0, List.of(), signed(zero, new Checkpoint(ORIGIN, 0, root).text()))))
        .isInstanceOf(Answer.Inconsistent.class);
  }

  private static SignedNote signed(Signer signer, String text) {
    byte[] signature = signer.sign(text.getBytes(UTF_8));
    return new SignedNote(
        text,
        List.of(
            new SignedNote.Line(
                signer.keyName(),
                signer.key().id(),
                java.util.Base64.getEncoder().encodeToString(signature))));
  }

  @Test
  void followsOnlyTheLogsThatItWasGiven() {
    var stranger = new GrowingLog("log.example/b", 1).grow(3);

    assertThat(witness().add(stranger.request(0, 3))).isEqualTo(new Answer.UnknownLog());
  }

  @Test
  void refusesACheckpointThatTheLogDidNotSign() {
    var thief = Signer.ed25519(NoteSecret.generate(ORIGIN, new Random(99)));
    String text = log.head(8).text();
    var stolen = signed(thief, text);
    var line = log.head(8).signatures().getFirst();
    var false_ =
        new SignedNote(
            text,
            List.of(
                new SignedNote.Line(
                    line.name(), line.keyId(), log.head(7).signatures().getFirst().signature())));

    assertThat(witness().add(GrowingLog.request(0, List.of(), stolen)))
        .isInstanceOf(Answer.Unsigned.class);
    assertThat(witness().add(GrowingLog.request(0, List.of(), false_)))
        .isInstanceOf(Answer.Unsigned.class);
    var both = stolen.with(List.of(line));
    assertThat(witness().add(GrowingLog.request(0, List.of(), both)))
        .isInstanceOf(Answer.Cosigned.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n\n",
        "old 0\n",
        "old 0\n\nx",
        "old 00\n\nHEAD",
        "old -1\n\nHEAD",
        "old +1\n\nHEAD",
        "old 1.0\n\nHEAD",
        "old 9999999999999999999\n\nHEAD",
        "old  0\n\nHEAD",
        "OLD 0\n\nHEAD",
        "old 0\r\n\nHEAD",
        "old 0\nAAAA\n\nHEAD",
        "old 0\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=\n\nHEAD",
        "old 9\n\nHEAD",
        "old 0\n\nHEADHEAD",
        "old 0\n\nHEAD\n",
      })
  void refusesEveryOtherForm(String body) {
    byte[] bytes = body.replace("HEAD", log.head(8).noteText()).getBytes(UTF_8);

    assertThat(witness().add(bytes)).as(body).isInstanceOf(Answer.Malformed.class);
  }

  @Test
  void refusesSixtyFourHashesAndWhatIsNoText() {
    var hashes = Collections.nCopies(64, log.checkpoint(3).root());
    byte[] noText = log.request(0, 8);
    noText[0] = (byte) 0xff;

    assertThat(witness().add(GrowingLog.request(0, hashes, log.head(8))))
        .isInstanceOf(Answer.Malformed.class);
    assertThat(witness().add(noText)).isInstanceOf(Answer.Malformed.class);
    assertThat(witness().add(new byte[AddCheckpoint.MAX_BYTES + 1]))
        .isInstanceOf(Answer.Malformed.class);
  }

  @Test
  void letsOnlyOneOfManyAtOnceMoveItForward() throws Exception {
    var witness = witness();
    witness.add(log.request(0, 3));
    var calls = new ArrayList<Callable<Answer>>();
    for (int to = 4; to <= 20; to++) {
      byte[] request = log.request(3, to);
      calls.add(() -> witness.add(request));
    }

    var answers = new ArrayList<Answer>();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (var done : threads.invokeAll(calls)) {
        answers.add(done.get());
      }
    }

    assertThat(answers).filteredOn(Answer.Cosigned.class::isInstance).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> !(answer instanceof Answer.Cosigned))
        .allMatch(Answer.Stale.class::isInstance);
  }

  @Test
  void speaksHttpAsSpecified() throws Exception {
    var alarms = new StringWriter();
    try (var server =
            new WitnessServer(
                witness(),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new PrintWriter(alarms));
        var http = HttpClient.newHttpClient()) {
      var other = new GrowingLog(ORIGIN, 2).grow(20);

      var cosigned = post(http, server, log.request(0, 8));
      assertThat(cosigned.statusCode()).isEqualTo(200);
      assertThat(cosigned.body().lines().toList())
          .hasSize(2)
          .allSatisfy(
              line -> assertThat(SignedNote.Line.parse(line)).isInstanceOf(Reading.Read.class));
      var stale = post(http, server, log.request(0, 8));
      assertThat(stale.statusCode()).isEqualTo(409);
      assertThat(stale.headers().firstValue("Content-Type")).hasValue("text/x.tlog.size");
      assertThat(stale.body()).isEqualTo("8\n");
      assertThat(post(http, server, other.request(8, 13)).statusCode()).isEqualTo(422);
      assertThat(alarms.toString()).contains("NOT COSIGNED", ORIGIN);
      assertThat(post(http, server, GrowingLog.request(8, List.of(), other.head(8))).statusCode())
          .isEqualTo(409);
      assertThat(post(http, server, "old".getBytes(UTF_8)).statusCode()).isEqualTo(400);
      assertThat(
              post(http, server, new GrowingLog("log.example/b", 1).grow(3).request(0, 3))
                  .statusCode())
          .isEqualTo(404);
      assertThat(get(http, server, "/" + Memory.name(ORIGIN) + "/checkpoint").body())
          .startsWith(log.head(8).text());
      assertThat(get(http, server, "/" + Memory.name("else") + "/checkpoint").statusCode())
          .isEqualTo(404);
      assertThat(get(http, server, "/add-checkpoint").statusCode()).isEqualTo(405);
    }
  }

  private static HttpResponse<String> post(HttpClient http, WitnessServer server, byte[] body)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(uri(server, "/add-checkpoint"))
            .POST(BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(HttpClient http, WitnessServer server, String path)
      throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(uri(server, path)).build(), BodyHandlers.ofString());
  }

  private static URI uri(WitnessServer server, String path) {
    return URI.create("http://127.0.0.1:" + server.address().getPort() + path);
  }

  static Stream<byte[]> requests() {
    var log = new GrowingLog(ORIGIN, 1).grow(20);
    return Stream.of(log.request(0, 8), log.request(7, 20), "old 1\n\n".getBytes(UTF_8));
  }

  @MethodSource("requests")
  @FuzzTest
  void aRequestThatIsReadIsWrittenBackTheSame(byte @NotNull [] body) {
    if (AddCheckpoint.parse(body) instanceof Reading.Read<AddCheckpoint>(AddCheckpoint read)) {
      assertThat(read.text().getBytes(UTF_8)).isEqualTo(body);
    }
  }
}
