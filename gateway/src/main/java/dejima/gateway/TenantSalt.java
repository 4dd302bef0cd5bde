package dejima.gateway;

import dejima.evidence.RequestIds;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The keys from which the salts of a tenant's receipts are derived, as HMAC-SHA-256(key, receipt
/// id): one for each period of time, by the time in the receipt's id. Destroying a key makes all
/// commitments of its period meaningless.
public final class TenantSalt {
  private static final String ALGORITHM = "HmacSHA256";

  private final List<Keyed> newestFirst;

  /// From when on a key is used, until the next one's period begins.
  ///
  /// @param fromMillis epoch milliseconds
  /// @param key 32 secret bytes, empty once they were destroyed
  public record Period(long fromMillis, Optional<SecretKeySpec> key) {
    /// A period whose key is there.
    public static Period of(long fromMillis, byte[] key) {
      if (key.length != 32) {
        throw new IllegalArgumentException("a tenant's salt key has 32 bytes");
      }
      return new Period(fromMillis, Optional.of(new SecretKeySpec(key, ALGORITHM)));
    }

    /// A period whose key was destroyed.
    public static Period destroyed(long fromMillis) {
      return new Period(fromMillis, Optional.empty());
    }
  }

  /// From when to when a receipt's period runs.
  ///
  /// @param toMillis empty for the period that runs still
  public record Span(long fromMillis, Optional<Long> toMillis) {
    /// Whether a receipt is of this period.
    public boolean holds(String receiptId) {
      long time = RequestIds.millis(receiptId);
      return time >= fromMillis && toMillis.filter(end -> time >= end).isEmpty();
    }
  }

  private record Keyed(long fromMillis, Optional<Mac> mac) {}

  /// Takes the periods in any order.
  public TenantSalt(List<Period> periods) {
    this.newestFirst =
        periods.stream()
            .sorted(Comparator.comparingLong(Period::fromMillis).reversed())
            .map(period -> new Keyed(period.fromMillis(), period.key().map(TenantSalt::keyed)))
            .toList();
  }

  /// One key for all time.
  public TenantSalt(byte[] key) {
    this(List.of(Period.of(0, key)));
  }

  private static Mac keyed(SecretKeySpec key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac;
    } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /// What is left when a tenant's salt keys were destroyed.
  public static TenantSalt destroyed() {
    return new TenantSalt(List.of());
  }

  /// The 32-byte salt of one receipt, none if the key of its period was destroyed.
  public Optional<byte[]> find(String receiptId) {
    long time = RequestIds.millis(receiptId);
    for (Keyed period : newestFirst) {
      if (period.fromMillis() <= time) {
        return period.mac().map(mac -> derived(mac, receiptId));
      }
    }
    return Optional.empty();
  }

  /// The period of a receipt, if there is one.
  public Optional<Span> span(String receiptId) {
    long time = RequestIds.millis(receiptId);
    Optional<Long> next = Optional.empty();
    for (Keyed period : newestFirst) {
      if (period.fromMillis() <= time) {
        return Optional.of(new Span(period.fromMillis(), next));
      }
      next = Optional.of(period.fromMillis());
    }
    return Optional.empty();
  }

  /// The 32-byte salt of a receipt of now.
  ///
  /// @throws IllegalStateException if the key was destroyed
  byte[] of(String receiptId) {
    return find(receiptId)
        .orElseThrow(() -> new IllegalStateException("the tenant's salt key was destroyed"));
  }

  private static byte[] derived(Mac keyed, String receiptId) {
    try {
      Mac mac = (Mac) keyed.clone(); // it never changes, so any thread may copy it
      return mac.doFinal(receiptId.getBytes(StandardCharsets.US_ASCII));
    } catch (CloneNotSupportedException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
