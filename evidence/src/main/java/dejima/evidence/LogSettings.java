package dejima.evidence;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/// How a log is set up.
///
/// @param signer signs checkpoints and promises; its key name is the log's origin
/// @param retiring sign checkpoints beside it, because readers know their keys still
/// @param clock dates entries and tree heads; never measures durations
/// @param headInterval how long a durable entry waits at most for the tree head that covers it
/// @param queueCapacity how many entries may wait to become durable
/// @param segmentBytes size of one preallocated journal file
public record LogSettings(
    Signer signer,
    List<Signer> retiring,
    InstantSource clock,
    Duration headInterval,
    int queueCapacity,
    int segmentBytes) {

  static final int MIN_SEGMENT_BYTES = 1 << 16;

  /// Checks the bounds.
  public LogSettings {
    retiring = List.copyOf(retiring);
    if (retiring.stream().anyMatch(old -> !old.keyName().equals(signer.keyName()))) {
      throw new IllegalArgumentException("a log keeps its name when its key changes");
    }
    if (headInterval.isNegative() || headInterval.isZero()) {
      throw new IllegalArgumentException("headInterval must be positive");
    }
    if (queueCapacity < 1) {
      throw new IllegalArgumentException("queueCapacity must be positive");
    }
    if (segmentBytes < MIN_SEGMENT_BYTES || segmentBytes > 1 << 30) {
      throw new IllegalArgumentException("segmentBytes must be between 64 KiB and 1 GiB");
    }
  }

  /// A tree head each second, 65,536 entries waiting, journal files of 64 MiB.
  public static LogSettings of(Signer signer, InstantSource clock) {
    return new LogSettings(signer, List.of(), clock, Duration.ofSeconds(1), 1 << 16, 64 << 20);
  }

  /// The log's name in checkpoints and promises.
  public String origin() {
    return signer.keyName();
  }

  /// The same with keys that are giving way.
  public LogSettings withRetiring(List<Signer> keys) {
    return new LogSettings(signer, keys, clock, headInterval, queueCapacity, segmentBytes);
  }

  /// Every key under which a checkpoint of this log may stand just now.
  VerificationKeys keys() {
    return new VerificationKeys(
        Stream.concat(Stream.of(signer), retiring.stream()).map(Signer::key).toList(),
        List.of(),
        new Quorum.None());
  }

  /// Signs a checkpoint with all of them.
  SignedNote sign(Checkpoint checkpoint) {
    SignedNote note = checkpoint.signed(signer);
    return note.with(
        retiring.stream().flatMap(old -> checkpoint.signed(old).signatures().stream()).toList());
  }

  /// The same with another tree head interval.
  public LogSettings withHeadInterval(Duration interval) {
    return new LogSettings(signer, retiring, clock, interval, queueCapacity, segmentBytes);
  }

  /// The same with another queue capacity.
  public LogSettings withQueueCapacity(int capacity) {
    return new LogSettings(signer, retiring, clock, headInterval, capacity, segmentBytes);
  }

  /// The same with another journal file size.
  public LogSettings withSegmentBytes(int bytes) {
    return new LogSettings(signer, retiring, clock, headInterval, queueCapacity, bytes);
  }
}
