package dejima.location;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/// The key K of one measurement: only this site and this landmark have it, for this TLS connection.
public final class SessionKey {
  private static final String INFO = "dejima.location/key/v1";
  private static final int LENGTH = 32;

  private final SecretKey key;
  private final byte[] landmark;

  private SessionKey(SecretKey key, byte[] landmark) {
    this.key = key;
    this.landmark = landmark;
  }

  /// Derives it (RFC 5869).
  ///
  /// @param shared the ECDH secret of site and landmark, see [P256#agree]
  /// @param tls the connection that carries traffic
  /// @param landmark the landmark's id
  /// @param site the site's id
  public static SessionKey derive(
      byte[] shared, TlsBinding tls, String landmark, String site, MeasurementId measurement) {
    ByteArrayOutputStream info = new ByteArrayOutputStream();
    for (String part : new String[] {INFO, landmark, site}) {
      info.writeBytes(part.getBytes(StandardCharsets.UTF_8));
      info.write(0);
    }
    info.writeBytes(measurement.bytes());
    HKDFParameterSpec how =
        HKDFParameterSpec.ofExtract()
            .addIKM(shared)
            .addSalt(tls.bytes())
            .thenExpand(info.toByteArray(), LENGTH);
    try {
      return new SessionKey(
          KDF.getInstance("HKDF-SHA256").deriveKey("HmacSHA256", how),
          landmark.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("JDK 25 has HKDF", missing);
    }
  }

  /// Answers questions from now on; for one thread.
  Answering answering() {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return new Answering(mac, landmark);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every JDK has HMAC-SHA-256", missing);
    }
  }

  /// The MAC with its key set up before the first question comes.
  static final class Answering {
    private final Mac mac;
    private final byte[] landmark;

    private Answering(Mac mac, byte[] landmark) {
      this.mac = mac;
      this.landmark = landmark;
    }

    /// HMAC-SHA-256(K, nonce ‖ landmark id ‖ sequence), 32 bytes.
    ///
    /// @param datagram holds the nonce from `at` on
    byte[] answer(byte[] datagram, int at, int sequence) {
      mac.update(datagram, at, Datagrams.NONCE);
      mac.update(landmark);
      mac.update((byte) (sequence >>> 24));
      mac.update((byte) (sequence >>> 16));
      mac.update((byte) (sequence >>> 8));
      mac.update((byte) sequence);
      return mac.doFinal();
    }
  }
}
