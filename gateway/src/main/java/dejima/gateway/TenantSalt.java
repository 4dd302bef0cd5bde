package dejima.gateway;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The key from which the salt of each of a tenant's receipts is derived, as HMAC-SHA-256(key,
/// receipt id). Destroying it makes all of the tenant's commitments meaningless.
public final class TenantSalt {
  private static final String ALGORITHM = "HmacSHA256";

  private final Optional<Mac> keyed;

  /// Takes 32 secret bytes.
  public TenantSalt(byte[] key) {
    if (key.length != 32) {
      throw new IllegalArgumentException("a tenant's salt key has 32 bytes");
    }
    this.keyed = Optional.of(keyed(key));
  }

  private TenantSalt() {
    this.keyed = Optional.empty();
  }

  private static Mac keyed(byte[] key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac;
    } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /// What is left when a tenant's salt key was destroyed.
  public static TenantSalt destroyed() {
    return new TenantSalt();
  }

  /// The 32-byte salt of one receipt.
  ///
  /// @throws IllegalStateException if the key was destroyed
  public byte[] of(String receiptId) {
    Mac known =
        keyed.orElseThrow(() -> new IllegalStateException("the tenant's salt key was destroyed"));
    try {
      Mac mac = (Mac) known.clone(); // it never changes, so any thread may copy it
      return mac.doFinal(receiptId.getBytes(StandardCharsets.US_ASCII));
    } catch (CloneNotSupportedException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
