package dejima.server.attestation;

import dejima.attestation.SiteAttestation.Nonce;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The nonces that quotes must bind: one for each site and hour, which nobody can know before the
/// gateway says it, and which need not be stored. After a restart there are others, and sites make
/// their quotes anew.
final class NonceSeries {
  private static final int HOURS = 25;
  private static final String MAC = "HmacSHA256";

  private final byte[] secret = new byte[32];
  private final Instant begun;

  /// @param random cryptographically strong
  /// @param now of the clock by which nonces are given
  NonceSeries(RandomGenerator random, Instant now) {
    random.nextBytes(secret);
    this.begun = now;
  }

  /// The nonce that a site is given at that moment.
  byte[] of(String site, Instant now) {
    return of(site, now.truncatedTo(ChronoUnit.HOURS).getEpochSecond());
  }

  /// Those that a site may have been given within the last day, newest first.
  List<Nonce> recent(String site, Instant now) {
    List<Nonce> recent = new ArrayList<>();
    Instant hour = now.truncatedTo(ChronoUnit.HOURS);
    for (int i = 0; i < HOURS; i++) {
      Instant given = hour.minus(i, ChronoUnit.HOURS);
      if (given.isBefore(begun.truncatedTo(ChronoUnit.HOURS))) {
        break;
      }
      recent.add(new Nonce(of(site, given.getEpochSecond()), given));
    }
    return recent;
  }

  private byte[] of(String site, long hour) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(secret, MAC));
      return mac.doFinal((site + "\0" + hour).getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every JDK has " + MAC, missing);
    }
  }
}
