package dejima.audit.witness;

import dejima.evidence.Checkpoint;
import dejima.evidence.Cosigner;
import dejima.evidence.NoteKey;
import dejima.evidence.Reading;
import dejima.evidence.SignedNote;
import dejima.evidence.tree.ProofCheck;
import dejima.evidence.tree.Proofs;
import dejima.evidence.tree.Sha256;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/// A witness (C2SP tlog-witness): it cosigns a checkpoint only if it extends everything that it saw
/// of that log before, and remembers that it did so before it says so. May be called from several
/// threads.
final class Witness {
  private final Map<String, List<NoteKey>> logs;
  private final List<Cosigner> cosigners;
  private final Memory memory;
  private final InstantSource clock;
  private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

  /// @param logs keys of the logs that it follows, each named by its origin
  /// @param cosigners one for each of the witness's keys
  Witness(List<NoteKey> logs, List<Cosigner> cosigners, Memory memory, InstantSource clock) {
    this.logs = logs.stream().collect(Collectors.groupingBy(NoteKey::name));
    this.cosigners = List.copyOf(cosigners);
    this.memory = memory;
    this.clock = clock;
  }

  /// Answers an `add-checkpoint` request, with the checks in the order of the specification.
  Answer add(byte[] body) {
    return switch (AddCheckpoint.parse(body)) {
      case Reading.Unreadable<AddCheckpoint>(String reason) -> new Answer.Malformed(reason);
      case Reading.Read<AddCheckpoint>(AddCheckpoint request) -> add(request);
    };
  }

  private Answer add(AddCheckpoint request) {
    return switch (Checkpoint.parseExtended(request.checkpoint().text())) {
      case Reading.Unreadable<Checkpoint>(String reason) -> new Answer.Malformed(reason);
      case Reading.Read<Checkpoint>(Checkpoint head) -> add(request, head);
    };
  }

  private Answer add(AddCheckpoint request, Checkpoint head) {
    var keys = Optional.ofNullable(logs.get(head.origin()));
    if (keys.isEmpty()) {
      return new Answer.UnknownLog();
    }
    var signatures =
        request.checkpoint().signatures().stream()
            .filter(line -> keys.get().stream().anyMatch(line::isBy))
            .toList();
    if (signatures.isEmpty()) {
      return new Answer.Unsigned("no key of this log that the witness trusts signed");
    }
    String text = request.checkpoint().text();
    if (!signatures.stream()
        .allMatch(line -> keys.get().stream().anyMatch(key -> line.verifies(key, text)))) {
      return new Answer.Unsigned("a signature of the log does not verify");
    }
    if (request.oldSize() > head.size()) {
      return new Answer.Malformed("the old size is larger than the checkpoint's");
    }
    return locked(request, new SignedNote(text, signatures), head);
  }

  /// Compares and remembers in one step, so that no request can undo what another was told.
  private Answer locked(AddCheckpoint request, SignedNote signed, Checkpoint head) {
    var lock = locks.computeIfAbsent(head.origin(), _ -> new ReentrantLock());
    lock.lock();
    try {
      var latest = latest(head.origin());
      if (request.oldSize() != latest.map(Checkpoint::size).orElse(0L)) {
        return new Answer.Stale(latest.map(Checkpoint::size).orElse(0L));
      }
      if (latest.isPresent()
          && latest.get().size() == head.size()
          && !latest.get().root().equals(head.root())) {
        return new Answer.Split();
      }
      byte[] before = latest.map(Checkpoint::rootBytes).orElseGet(() -> Sha256.of());
      return switch (Proofs.consistency(
          request.oldSize(), before, head.size(), head.rootBytes(), request.hashes())) {
        case ProofCheck.Fails(String reason) -> new Answer.Inconsistent(reason);
        case ProofCheck.Holds() -> cosign(signed, head);
      };
    } finally {
      lock.unlock();
    }
  }

  private Optional<Checkpoint> latest(String origin) {
    return memory.latest(origin).map(note -> Checkpoint.parseExtended(note.text()).orThrow());
  }

  private Answer cosign(SignedNote signed, Checkpoint head) {
    var now = clock.instant();
    var lines = cosigners.stream().map(cosigner -> cosigner.cosign(signed, now)).toList();
    memory.keep(head.origin(), signed.with(lines));
    return new Answer.Cosigned(lines);
  }

  /// The latest checkpoint of the log whose origin has this hash, for monitors.
  Optional<SignedNote> latestByHash(String hash) {
    return logs.keySet().stream()
        .filter(origin -> Memory.name(origin).equals(hash))
        .findFirst()
        .flatMap(memory::latest);
  }
}
