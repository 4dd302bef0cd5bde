package dejima.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dejima.evidence.DecisionReplay.Replay;
import dejima.evidence.Verification.Step;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

final class ReceiptVerifierTest {
  static final Receipt RECEIPT = receipt(2);

  /// The receipt of a request in the midst of others.
  static Receipt receipt(int attempts) {
    return receipt(log -> {
      var ids = Specimen.ids(7);
      Specimen.record(log, Specimen.refusal(ids.next()));
      String id = Specimen.request(log, ids.next(), attempts);
      Specimen.request(log, ids.next(), 1);
      return id;
    });
  }

  static Receipt receipt(java.util.function.Function<EvidenceLog, String> history) {
    try (var log = EvidenceLog.inMemory(Specimen.settings())) {
      String id = history.apply(log);
      var result = log.receipt(id, Specimen.SALT, Specimen.ATTACHED);
      return ((ReceiptResult.Ready) result).receipt();
    }
  }

  static Verification verify(byte[] file) {
    return ReceiptVerifier.verify(file, Specimen.KEYS, Specimen.REPLAY);
  }

  static void assertRefused(Receipt receipt, Step step) {
    assertThat(verify(receipt.bytes()))
        .isInstanceOfSatisfying(
            Verification.Refused.class, refused -> assertThat(refused.step()).isEqualTo(step));
  }

  @Test
  void acceptsWhatTheLogWroteAndSaysWhatItProves() {
    var verification =
        ReceiptVerifier.verify(
            RECEIPT.bytes(), Specimen.KEYS, Specimen.REPLAY, Specimen.openings());

    assertThat(verification)
        .isInstanceOfSatisfying(
            Verification.Verified.class,
            verified -> {
              assertThat(verified.proved()).hasSize(7);
              assertThat(verified.notProved()).isNotEmpty();
              assertThat(verified.receipt()).isEqualTo(RECEIPT);
            });
  }

  @Test
  void acceptsARefusalAndAFailureWithoutAttempts() {
    assertThat(
            verify(
                receipt(
                        log -> {
                          String id = Specimen.ids(8).next();
                          Specimen.record(log, Specimen.refusal(id));
                          return id;
                        })
                    .bytes()))
        .isInstanceOf(Verification.Verified.class);
  }

  @Test
  void refusesEveryFlippedBitOfEveryByte() {
    byte[] file = RECEIPT.bytes();

    for (int i = 0; i < file.length; i++) {
      byte[] forged = file.clone();
      forged[i] ^= (byte) (1 << (i % 8));
      assertThat(verify(forged)).as("byte %d", i).isInstanceOf(Verification.Refused.class);
    }
  }

  @Test
  void refusesWhatIsCutOffOrAdded() {
    byte[] file = RECEIPT.bytes();

    for (int length = 0; length < file.length; length += 7) {
      assertThat(verify(Arrays.copyOf(file, length))).isInstanceOf(Verification.Refused.class);
    }
    String text = new String(file, StandardCharsets.UTF_8);
    String again = text.substring(text.lastIndexOf('\u2014'));
    for (String more : List.of("\n", " ", "\0", "x", "\u2014 x\n", again)) {
      byte[] tail = more.getBytes(StandardCharsets.UTF_8);
      byte[] forged = ByteBuffer.allocate(file.length + tail.length).put(file).put(tail).array();
      assertThat(verify(forged)).isInstanceOf(Verification.Refused.class);
    }
    String crlf = text.replace("\n", "\r\n");
    assertThat(verify(crlf.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(Verification.Refused.class);
  }

  @Test
  void refusesUnderAnotherKeyOrOrigin() {
    var other = Signer.ed25519("log.example/dejima", new byte[32]);
    var otherName = Signer.ed25519(NoteSecret.parse(Specimen.SECRET.keyFile()).orThrow());
    byte[] file = RECEIPT.bytes();

    assertThat(ReceiptVerifier.verify(file, VerificationKeys.ofLog(other.key()), Specimen.REPLAY))
        .isInstanceOf(Verification.Refused.class);
    var renamed = new NoteKey("log.example/x", SignatureType.ED25519, otherName.publicKey());
    assertThat(ReceiptVerifier.verify(file, VerificationKeys.ofLog(renamed), Specimen.REPLAY))
        .isInstanceOf(Verification.Refused.class);
  }

  @Test
  void refusesBodiesAndPromisesThatWereNotCommittedTo() {
    byte[] file = RECEIPT.bytes();
    byte[] other = {1};

    for (var openings :
        List.of(
            new Openings(Optional.of(other), Optional.empty(), Optional.empty()),
            new Openings(Optional.empty(), Optional.of(other), Optional.empty()),
            new Openings(Optional.empty(), Optional.empty(), Optional.of("v1")))) {
      assertThat(ReceiptVerifier.verify(file, Specimen.KEYS, Specimen.REPLAY, openings))
          .isInstanceOf(Verification.Refused.class);
    }
  }

  @Test
  void checksAPromiseAgainstTheEntriesOfTheReceipt() {
    try (var log = EvidenceLog.inMemory(Specimen.settings())) {
      var ids = Specimen.ids(9);
      String id = ids.next();
      var intent = Specimen.record(log, Specimen.intent(id, 1));
      Specimen.record(log, Specimen.outcome(id, List.of(intent.bodyHash())));
      var stranger = Specimen.record(log, Specimen.refusal(ids.next()));
      var ready = (ReceiptResult.Ready) log.receipt(id, Specimen.SALT, Specimen.ATTACHED);

      assertThat(withPromise(ready.receipt(), intent)).isInstanceOf(Verification.Verified.class);
      assertThat(withPromise(ready.receipt(), stranger)).isInstanceOf(Verification.Refused.class);
    }
  }

  private static Verification withPromise(Receipt receipt, Promise promise) {
    String header = promise.signed().toCompletableFuture().join().headerValue();
    var openings = new Openings(Optional.empty(), Optional.empty(), Optional.of(header));
    return ReceiptVerifier.verify(receipt.bytes(), Specimen.KEYS, Specimen.REPLAY, openings);
  }

  @Test
  void refusesADecisionThatComesOutOtherwise() {
    var verification =
        ReceiptVerifier.verify(
            RECEIPT.bytes(),
            Specimen.KEYS,
            new ReceiptJudges(
                (_, _) -> new Replay.Different("us-west: permit"), GroundsCheck.NONE));

    assertThat(verification).isEqualTo(new Verification.Refused(Step.DECISION, "us-west: permit"));
  }

  @Test
  void asksForTheWitnessesThatTheQuorumNames() {
    var witness = Signer.ed25519("witness.example/w", new byte[32]);
    var key =
        new NoteKey("witness.example/w", SignatureType.COSIGNATURE_ED25519, witness.publicKey());
    var keys =
        VerificationKeys.parse(
                "log %s\nwitness w %s\ngroup g any w\nquorum g\n"
                    .formatted(Specimen.SIGNER.key().text(), key.text()))
            .orThrow();
    byte[] signature = witness.sign(Cosignature.message(RECEIPT.note().text(), 1000));
    byte[] timestamped = ByteBuffer.allocate(72).putLong(1000).put(signature).array();

    assertThat(ReceiptVerifier.verify(RECEIPT.bytes(), keys, Specimen.REPLAY))
        .isInstanceOfSatisfying(
            Verification.Refused.class, r -> assertThat(r.step()).isEqualTo(Step.QUORUM));
    assertThat(ReceiptVerifier.verify(cosigned(key, timestamped).bytes(), keys, Specimen.REPLAY))
        .isInstanceOf(Verification.Verified.class);
    timestamped[7] ^= 1;
    assertThat(ReceiptVerifier.verify(cosigned(key, timestamped).bytes(), keys, Specimen.REPLAY))
        .isInstanceOf(Verification.Refused.class);
    assertThat(verify(cosigned(key, timestamped).bytes()))
        .as("lines by unknown keys are passed over")
        .isInstanceOf(Verification.Verified.class);
  }

  private static Receipt cosigned(NoteKey key, byte[] timestamped) {
    var lines = new ArrayList<>(RECEIPT.note().signatures());
    lines.add(new SignedNote.Line(key.name(), key.id(), StrictBase64.text(timestamped)));
    return new Receipt(
        RECEIPT.body(),
        RECEIPT.index(),
        RECEIPT.path(),
        RECEIPT.salt(),
        RECEIPT.intents(),
        RECEIPT.grounds(),
        RECEIPT.documents(),
        new SignedNote(RECEIPT.note().text(), lines));
  }

  static Stream<byte[]> receipts() {
    return Stream.of(RECEIPT.bytes(), receipt(1).bytes());
  }

  static Stream<String> promisesAndStatements() {
    try (var log = EvidenceLog.inMemory(Specimen.settings())) {
      String id = Specimen.ids(12).next();
      var promise = Specimen.record(log, Specimen.refusal(id)).signed();
      return Stream.of(
          promise.toCompletableFuture().join().headerValue(),
          Specimen.statement(id, 1).headerValue());
    }
  }

  @MethodSource("receipts")
  @FuzzTest
  void aReceiptThatIsReadIsWrittenBackTheSame(byte @NotNull [] file) {
    if (Receipt.parse(file) instanceof Reading.Read<Receipt>(Receipt receipt)) {
      assertThat(receipt.bytes()).isEqualTo(file);
    }
  }

  @FuzzTest
  void noForgeryOfOneStretchIsAccepted(int at, byte @NotNull [] stretch) {
    byte[] file = RECEIPT.bytes();
    byte[] forged = file.clone();
    int from = Math.floorMod(at, file.length);
    System.arraycopy(stretch, 0, forged, from, Math.min(stretch.length, file.length - from));

    assertThat(verify(forged) instanceof Verification.Verified)
        .isEqualTo(Arrays.equals(forged, file));
  }

  @MethodSource("promisesAndStatements")
  @FuzzTest
  void promisesAndStatementsThatAreReadAreWrittenBackTheSame(@NotNull String text) {
    if (SignedPromise.parse(text) instanceof Reading.Read<SignedPromise>(SignedPromise promise)) {
      assertThat(promise.headerValue()).isEqualTo(text);
    }
    if (SiteStatement.parse(text) instanceof Reading.Read<SiteStatement>(SiteStatement said)) {
      assertThat(said.headerValue()).isEqualTo(text);
    }
  }
}
