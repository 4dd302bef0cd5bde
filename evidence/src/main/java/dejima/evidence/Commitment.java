package dejima.evidence;

import dejima.evidence.tree.Sha256;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Commits to a body without telling it: HMAC-SHA-256 under the request's salt over the bytes as
/// they pass. Whoever holds salt and bytes can open it; without the salt it says nothing. Not for
/// several threads.
public final class Commitment {
  /// Bytes in a salt.
  public static final int SALT_LENGTH = 32;

  private final Mac mac;

  private Commitment(Mac mac) {
    this.mac = mac;
  }

  /// Starts a commitment to a body that will come in parts.
  ///
  /// @param salt 32 bytes
  public static Commitment under(byte[] salt) {
    if (salt.length != SALT_LENGTH) {
      throw new IllegalArgumentException("a salt has 32 bytes");
    }
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(salt, "HmacSHA256"));
      return new Commitment(mac);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform lacks HmacSHA256", e);
    }
  }

  /// A new salt.
  ///
  /// @param random cryptographically strong, such as a `SecureRandom`
  public static byte[] newSalt(RandomGenerator random) {
    byte[] salt = new byte[SALT_LENGTH];
    random.nextBytes(salt);
    return salt;
  }

  /// The commitment to a whole body, base64.
  public static String to(byte[] salt, byte[] body) {
    var commitment = under(salt);
    commitment.add(body, 0, body.length);
    return commitment.text();
  }

  /// What a body's `saltHash` says of this salt: its SHA-256, base64.
  public static String saltHash(byte[] salt) {
    return StrictBase64.text(Sha256.of(salt));
  }

  /// Adds the next bytes.
  public void add(byte[] bytes, int from, int count) {
    mac.update(bytes, from, count);
  }

  /// Adds the remaining bytes of a buffer and moves it to its end.
  public void add(ByteBuffer bytes) {
    mac.update(bytes);
  }

  /// Ends the commitment: base64 of the 32 bytes. May be asked once.
  public String text() {
    return StrictBase64.text(mac.doFinal());
  }
}
