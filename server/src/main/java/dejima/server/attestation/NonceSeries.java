package dejima.server.attestation;

import dejima.attestation.HeadNonce;
import dejima.attestation.SiteAttestation.Nonce;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/// The nonces that quotes must bind: one for each site and hour, made of the tree head that was the
/// newest when the hour was first asked about. After a restart there are others, and sites make
/// their quotes anew.
final class NonceSeries {
  private static final Duration KEPT = Duration.ofHours(25);

  private final Supplier<HeadNonce> heads;
  private final Deque<Hour> hours = new ArrayDeque<>();

  /// @param began the full hour
  private record Hour(Instant began, HeadNonce nonce) {}

  /// @param heads the newest tree head
  NonceSeries(Supplier<HeadNonce> heads) {
    this.heads = heads;
  }

  /// The nonce that a site is given at that moment.
  synchronized byte[] of(String site, Instant now) {
    Instant hour = now.truncatedTo(ChronoUnit.HOURS);
    if (hours.isEmpty() || !hours.getFirst().began().equals(hour)) {
      hours.addFirst(new Hour(hour, heads.get()));
      hours.removeIf(old -> old.began().plus(KEPT).isBefore(now));
    }
    return hours.getFirst().nonce().bytes(site);
  }

  /// Those that a site may have been given within the last day, newest first.
  List<Nonce> recent(String site, Instant now) {
    return recent(now).stream().map(nonce -> nonce.of(site)).toList();
  }

  /// What they were made of, newest first.
  synchronized List<HeadNonce> recent(Instant now) {
    return hours.stream()
        .filter(hour -> !hour.began().plus(KEPT).isBefore(now))
        .map(Hour::nonce)
        .toList();
  }
}
