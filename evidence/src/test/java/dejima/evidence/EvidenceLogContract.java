package dejima.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dejima.evidence.tree.ProofCheck;
import dejima.evidence.tree.Proofs;
import dejima.evidence.tree.Sha256;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every implementation of [EvidenceLog] keeps.
abstract class EvidenceLogContract {

  abstract EvidenceLog open(LogSettings settings);

  private EvidenceLog open() {
    return open(Specimen.settings());
  }

  @Test
  void findsAllEntriesOfARequestInOrder() {
    try (var log = open()) {
      var ids = Specimen.ids(1);
      String id = Specimen.request(log, ids.next(), 2);
      Specimen.request(log, ids.next(), 1);

      var entries = log.find(id);

      assertThat(entries).extracting(LoggedEntry::index).containsExactly(0L, 1L, 2L);
      assertThat(entries.getLast().is(Kind.OUTCOME)).isTrue();
      assertThat(log.find(ids.next())).isEmpty();
      assertThat(log.find("../etc/passwd")).isEmpty();
    }
  }

  @Test
  void chainsEachTenantWithoutGap() {
    try (var log = open()) {
      var ids = Specimen.ids(2);
      var requests = new ArrayList<String>();
      for (int i = 0; i < 20; i++) {
        requests.add(Specimen.request(log, ids.next(), 1));
        String refused = ids.next();
        Specimen.record(log, Specimen.refusal(refused));
        requests.add(refused);
      }

      assertChained(requests.stream().flatMap(id -> log.find(id).stream()).toList());
    }
  }

  /// In the order of the log, each tenant's sequence grows by one and names the body before.
  static void assertChained(List<LoggedEntry> entries) {
    Map<String, Chain.Head> heads = new HashMap<>();
    for (var entry : entries) {
      String tenant = entry.body().string("tenant").orElseThrow();
      var head = heads.getOrDefault(tenant, Chain.Head.NONE);
      assertThat(entry.body().integer("sequence")).contains(head.sequence() + 1);
      assertThat(entry.body().string("previous")).contains(head.hash());
      heads.put(tenant, new Chain.Head(head.sequence() + 1, entry.bodyHash()));
    }
  }

  @Test
  void refusesAnEntryThatIsTooLargeAndUsesUpNoNumber() {
    try (var log = open()) {
      var ids = Specimen.ids(3);
      var facts = Json.object().put("text", "x".repeat(Body.MAX_BYTES)).build();
      var large = new Entry(ids.next(), Kind.REFUSAL, "t2", facts);

      assertThatThrownBy(() -> Specimen.record(log, large))
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(AppendFailure.EntryTooLarge.class);
      String next = ids.next();
      Specimen.record(log, Specimen.refusal(next));

      assertThat(log.find(next).getFirst().body().integer("sequence")).contains(1L);
      assertThat(log.find(next).getFirst().index()).isZero();
    }
  }

  @Test
  void signsPromisesThatItKeeps() {
    try (var log = open()) {
      String id = Specimen.ids(4).next();
      var promise = Specimen.record(log, Specimen.refusal(id));

      var signed = promise.signed().toCompletableFuture().join();
      var read = SignedPromise.parse(signed.headerValue()).orThrow();

      assertThat(read).isEqualTo(signed);
      assertThat(read.verify(log.key())).isInstanceOf(Reading.Read.class);
      assertThat(read.bodyHash()).isEqualTo(log.find(id).getFirst().bodyHash());
    }
  }

  @Test
  void keepsOrderAndLosesNothingUnderConcurrency() {
    try (var log = open();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var ids = IntStream.range(0, 8).mapToObj(i -> Specimen.ids(100 + i)).toList();
      var requests =
          ids.stream()
              .map(own -> CompletableFuture.supplyAsync(() -> fifty(log, own), threads))
              .toList()
              .stream()
              .flatMap(task -> task.join().stream())
              .toList();

      var entries =
          requests.stream()
              .flatMap(id -> log.find(id).stream())
              .sorted(Comparator.comparingLong(LoggedEntry::index))
              .toList();
      assertThat(entries).hasSize(800);
      assertChained(entries);
    }
  }

  private static List<String> fifty(EvidenceLog log, RequestIds ids) {
    return IntStream.range(0, 50).mapToObj(i -> Specimen.request(log, ids.next(), 1)).toList();
  }

  @Test
  void recordsInOrderWhatNobodyWaitsFor() {
    try (var log = open()) {
      var ids = Specimen.ids(10);
      var entries = new ArrayList<Entry>();
      IntStream.range(0, 20).forEach(i -> entries.add(Specimen.refusal(ids.next())));

      var later = entries.subList(0, 10).stream().map(e -> Specimen.later(log, e)).toList();
      later.forEach(CompletableFuture::join);
      var more = entries.subList(10, 19).stream().map(e -> Specimen.later(log, e)).toList();
      Specimen.record(log, entries.getLast());
      assertThat(more).allMatch(CompletableFuture::isDone);

      var logged = entries.stream().flatMap(e -> log.find(e.id()).stream()).toList();
      assertThat(logged).hasSize(20);
      assertChained(logged);
    }
  }

  @Test
  void readsThroughWhatIsWantedFromAMomentOn() {
    var noon = Specimen.CLOCK.instant();
    var now = new AtomicReference<>(noon.minusSeconds(60));
    try (var log = open(LogSettings.of(Specimen.SIGNER, now::get))) {
      var ids = Specimen.ids(13);
      Specimen.request(log, ids.next(), 1);
      now.set(noon);
      String second = Specimen.request(log, ids.next(), 2);
      String refused = ids.next();
      Specimen.record(log, Specimen.refusal(refused));
      awaitHead(log, 6);

      assertThat(scanned(log, noon, (_, _) -> true))
          .containsExactly(second, second, second, refused);
      assertThat(scanned(log, noon.minusSeconds(60), (kind, _) -> kind == Kind.OUTCOME))
          .hasSize(2)
          .endsWith(second);
      assertThat(scanned(log, noon, (_, tenant) -> tenant.equals("t2"))).containsExactly(refused);
      assertThat(scanned(log, noon.plusMillis(1), (_, _) -> true)).isEmpty();
    }
  }

  static List<String> scanned(EvidenceLog log, Instant since, EntryChoice choice) {
    var found = new ArrayList<LoggedEntry>();
    log.scan(since, choice, found::add);
    assertThat(found).isSortedAccordingTo(Comparator.comparingLong(LoggedEntry::index));
    return found.stream().map(entry -> entry.body().string("id").orElseThrow()).toList();
  }

  @Test
  void readsBackwardsFromWhereItIsToldToWhereItIsStopped() {
    try (var log = open()) {
      var ids = Specimen.ids(15);
      var recorded = new ArrayList<String>();
      for (int i = 0; i < 300; i++) {
        recorded.add(ids.next());
        Specimen.record(log, Specimen.refusal(recorded.getLast()));
      }
      awaitHead(log, 300);

      assertThat(readBack(log, Long.MAX_VALUE, (_, _) -> true)).isEqualTo(recorded.reversed());
      assertThat(readBack(log, 7, (_, _) -> true)).isEqualTo(recorded.subList(0, 7).reversed());
      assertThat(readBack(log, Long.MAX_VALUE, (kind, _) -> kind == Kind.INTENT)).isEmpty();
      var before = Specimen.CLOCK.instant().minusMillis(1);
      assertThat(log.readBack(300, before, (_, _) -> true, _ -> false)).isZero();
      var noon = Specimen.CLOCK.instant();
      assertThat(log.readBack(300, noon, (_, _) -> true, _ -> false)).isEqualTo(299);
    }
  }

  private static List<String> readBack(EvidenceLog log, long from, EntryChoice choice) {
    var found = new ArrayList<String>();
    long below = from;
    while (below > 0) {
      below =
          log.readBack(
              below,
              Instant.MAX,
              choice,
              entry -> found.add(entry.body().string("id").orElseThrow()));
    }
    return found;
  }

  @Test
  void failsEveryAppendAfterItIsClosed() {
    var log = open();
    log.close();

    assertThatThrownBy(() -> Specimen.record(log, Specimen.refusal(Specimen.ids(5).next())))
        .hasCauseInstanceOf(AppendFailure.LogUnavailable.class);
  }

  @Test
  void knowsNoReceiptForAStranger() {
    try (var log = open()) {
      assertThat(log.receipt(Specimen.ids(6).next(), Specimen.SALT, Specimen.ATTACHED))
          .isEqualTo(new ReceiptResult.Unknown());
    }
  }

  @Test
  void hasNoReceiptForARequestThatHasNotEnded() {
    try (var log = open()) {
      String id = Specimen.ids(7).next();
      Specimen.record(log, Specimen.intent(id, 1));

      assertThat(log.receipt(id, Specimen.SALT, Specimen.ATTACHED))
          .isEqualTo(new ReceiptResult.Pending());
    }
  }

  @Test
  void makesNoReceiptWithAnotherSaltOrBundle() {
    try (var log = open()) {
      String id = Specimen.request(log, Specimen.ids(8).next(), 1);
      awaitHead(log, 2);

      assertThat(log.receipt(id, Sha256.of(), Specimen.ATTACHED))
          .isInstanceOf(ReceiptResult.Mismatch.class);
      assertThat(log.receipt(id, Specimen.SALT, Attachments.of(Map.of())))
          .isInstanceOf(ReceiptResult.Mismatch.class);
    }
  }

  @Test
  void writesReceiptsThatVerify() {
    try (var log = open()) {
      var ids = Specimen.ids(9);
      var requests =
          IntStream.range(0, 300).mapToObj(i -> Specimen.request(log, ids.next(), 1)).toList();
      awaitHead(log, 600);

      for (int i = 0; i < requests.size(); i += 23) {
        String id = requests.get(i);
        var result = log.receipt(id, Specimen.SALT, Specimen.ATTACHED);
        assertThat(result).isInstanceOf(ReceiptResult.Ready.class);
        byte[] file = ((ReceiptResult.Ready) result).receipt().bytes();
        assertThat(
                ReceiptVerifier.verify(
                    file, VerificationKeys.ofLog(log.key()), Specimen.REPLAY, Specimen.openings()))
            .isInstanceOf(Verification.Verified.class);
      }
    }
  }

  @Test
  void provesThatEachTreeHeadExtendsTheEarlierOnes() {
    try (var log = open()) {
      var ids = Specimen.ids(10);
      Specimen.request(log, ids.next(), 1);
      awaitHead(log, 2);
      var first = Checkpoint.parse(log.checkpoint().text()).orThrow();
      IntStream.range(0, 40).forEach(_ -> Specimen.request(log, ids.next(), 1));
      awaitHead(log, 82);
      var second = Checkpoint.parse(log.checkpoint().text()).orThrow();

      var proof =
          log.consistency(first.size(), second.size()).stream()
              .map(hash -> StrictBase64.read(hash, 32).orThrow())
              .toList();

      assertThat(
              Proofs.consistency(
                  first.size(), first.rootBytes(), second.size(), second.rootBytes(), proof))
          .isEqualTo(new ProofCheck.Holds());
    }
  }

  @Test
  void receiptsCarryTheNewestCosignedCheckpointThatCoversThem() {
    var witness =
        new Cosigner(
            NoteSecret.generate(
                "witness.example/w1", SignatureType.COSIGNATURE_ED25519, new java.util.Random(1)));
    var keys =
        new VerificationKeys(
            List.of(Specimen.SIGNER.key()),
            List.of(witness.key()),
            new Quorum.Witness(witness.key()));
    try (var log = open()) {
      var ids = Specimen.ids(11);
      String early = Specimen.request(log, ids.next(), 1);
      awaitHead(log, 2);
      var head = log.checkpoint();
      log.witnessed(
          head.with(List.of(witness.cosign(head, java.time.Instant.ofEpochSecond(1_700_000_000)))));
      String late = Specimen.request(log, ids.next(), 1);
      awaitHead(log, 4);

      assertThat(verify(log, early, keys)).isInstanceOf(Verification.Verified.class);
      assertThat(verify(log, late, keys))
          .isEqualTo(
              new Verification.Refused(
                  Verification.Step.QUORUM, "too few witnesses cosigned the checkpoint"));
      assertThat(verify(log, late, Specimen.KEYS)).isInstanceOf(Verification.Verified.class);
      assertThat(log.witnessed().orElseThrow().text()).isEqualTo(head.text());
    }
  }

  private static Verification verify(EvidenceLog log, String id, VerificationKeys keys) {
    var ready = (ReceiptResult.Ready) log.receipt(id, Specimen.SALT, Specimen.ATTACHED);
    return ReceiptVerifier.verify(ready.receipt().bytes(), keys, Specimen.REPLAY);
  }

  @Test
  void publishesNoCosignedCheckpointThatIsNotItsOwn() {
    try (var log = open()) {
      Specimen.request(log, Specimen.ids(12).next(), 1);
      awaitHead(log, 2);
      var stranger = Signer.ed25519(NoteSecret.generate("log.example/x", new java.util.Random(2)));
      var other = new Checkpoint("log.example/dejima", 1, new byte[32]);

      assertThatThrownBy(() -> log.witnessed(other.signed(stranger)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> log.witnessed(other.signed(Specimen.SIGNER)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() ->
              log.witnessed(
                  new Checkpoint("log.example/dejima", 99, new byte[32]).signed(Specimen.SIGNER)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(log.witnessed()).isEmpty();
    }
  }

  static void awaitHead(EvidenceLog log, long size) {
    while (log.head().size() < size) {
      Thread.onSpinWait();
    }
  }
}
