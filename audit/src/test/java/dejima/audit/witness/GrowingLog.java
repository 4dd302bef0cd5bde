package dejima.audit.witness;

import dejima.evidence.Checkpoint;
import dejima.evidence.Entry;
import dejima.evidence.EvidenceLog;
import dejima.evidence.Json;
import dejima.evidence.Kind;
import dejima.evidence.LogSettings;
import dejima.evidence.NoteKey;
import dejima.evidence.NoteSecret;
import dejima.evidence.RequestIds;
import dejima.evidence.SignedNote;
import dejima.evidence.Signer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A real log in memory whose every tree head is kept, and which can be asked for a second history.
final class GrowingLog {
  static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-21T00:00:00Z"));

  private final EvidenceLog log;
  private final RequestIds ids;
  private final List<SignedNote> heads = new ArrayList<>();

  /// @param history another one gives other entries under the same key
  GrowingLog(String origin, int history) {
    var signer = Signer.ed25519(NoteSecret.generate(origin, new Random(origin.hashCode())));
    this.log = EvidenceLog.inMemory(LogSettings.of(signer, CLOCK));
    this.ids = new RequestIds(CLOCK, new Random(history));
    heads.add(log.checkpoint());
  }

  NoteKey key() {
    return log.key();
  }

  /// Adds entries one by one.
  GrowingLog grow(int entries) {
    for (int i = 0; i < entries; i++) {
      log.append(new Entry(ids.next(), Kind.REFUSAL, "t", Json.object().put("reason", "x").build()))
          .join();
      heads.add(log.checkpoint());
    }
    return this;
  }

  /// The signed head of that size.
  SignedNote head(int size) {
    return heads.get(size);
  }

  Checkpoint checkpoint(int size) {
    return Checkpoint.parse(head(size).text()).orThrow();
  }

  List<String> proof(int from, int to) {
    return log.consistency(from, to);
  }

  /// A request that asks to cosign the head of one size, from another.
  byte[] request(int from, int to) {
    return request(from, proof(from, to), head(to));
  }

  static byte[] request(long from, List<String> proof, SignedNote head) {
    return new AddCheckpoint(from, proof, head).text().getBytes(StandardCharsets.UTF_8);
  }
}
