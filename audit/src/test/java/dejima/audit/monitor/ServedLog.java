package dejima.audit.monitor;

import dejima.evidence.Entry;
import dejima.evidence.EvidenceLog;
import dejima.evidence.Json;
import dejima.evidence.Kind;
import dejima.evidence.LogSettings;
import dejima.evidence.NoteSecret;
import dejima.evidence.Promise;
import dejima.evidence.RequestIds;
import dejima.evidence.SignedPromise;
import dejima.evidence.Signer;
import dejima.evidence.VerificationKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// A real log in a directory, served as its files are, except for those that a test replaces.
final class ServedLog implements LogSource, AutoCloseable {
  static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-21T00:00:00Z"));
  static final NoteSecret SECRET = NoteSecret.generate("log.example/a", new Random(1));
  static final VerificationKeys KEYS = VerificationKeys.ofLog(SECRET.key());

  private final Path folder;
  private final EvidenceLog log;
  private final RequestIds ids;
  private final Map<String, byte[]> replaced = new HashMap<>();

  /// @param history other entries for another number
  ServedLog(Path folder, int history) {
    this(folder, history, SECRET, List.of());
  }

  /// @param secret signs from now on
  /// @param retiring sign tree heads beside it
  ServedLog(Path folder, int history, NoteSecret secret, List<Signer> retiring) {
    this.folder = folder;
    this.log =
        EvidenceLog.inDirectory(
            folder,
            LogSettings.of(Signer.ed25519(secret), CLOCK)
                .withRetiring(retiring)
                .withHeadInterval(Duration.ofMillis(10))
                .withSegmentBytes(1 << 20));
    this.ids = new RequestIds(CLOCK, new Random(history));
  }

  /// Adds entries and waits for the tree head over them.
  ServedLog grow(int entries) {
    Promise last = append();
    for (int i = 1; i < entries; i++) {
      last = append();
    }
    while (log.head().size() <= last.index()) {
      Thread.onSpinWait();
    }
    return this;
  }

  SignedPromise promise() {
    return append().signed().toCompletableFuture().join();
  }

  private Promise append() {
    return log.append(
            new Entry(ids.next(), Kind.REFUSAL, "t", Json.object().put("reason", "x").build()))
        .join();
  }

  EvidenceLog log() {
    return log;
  }

  /// Serves other bytes from now on.
  void replace(String path, byte[] bytes) {
    replaced.put(path, bytes);
  }

  /// Serves the bytes with one bit changed.
  void damage(String path) {
    byte[] bytes = required(path);
    bytes[bytes.length - 1] ^= 1;
    replace(path, bytes);
  }

  @Override
  public Optional<byte[]> file(String path) {
    try {
      Path file = folder.resolve("public").resolve(path);
      return replaced.containsKey(path)
          ? Optional.of(replaced.get(path).clone())
          : Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void close() {
    log.close();
  }
}
