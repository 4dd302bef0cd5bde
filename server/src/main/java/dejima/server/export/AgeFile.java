package dejima.server.export;

import dejima.evidence.Reading;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.SCrypt;

/// A short secret under a passphrase, in the age format (C2SP `age.md`, version 1, scrypt
/// recipient, one chunk): `age -d` and every other implementation opens it.
final class AgeFile {
  private static final String MAGIC = "age-encryption.org/v1\n";
  private static final String LABEL = "age-encryption.org/v1/scrypt";
  private static final int LOG_N = 16;
  private static final int MOST_LOG_N = 18;
  private static final int TAG = 16;
  private static final int CHUNK = 64 << 10;
  private static final Pattern HEADER =
      Pattern.compile(
          "age-encryption\\.org/v1\\n-> scrypt ([A-Za-z0-9+/]{22}) ([1-9][0-9]?)\\n"
              + "([A-Za-z0-9+/]{43})\\n--- ([A-Za-z0-9+/]{43})\\n");

  private AgeFile() {}

  /// Encrypts.
  ///
  /// @param secret at most 64 KiB
  /// @param random must be fit for secrets
  static byte[] seal(byte[] secret, String passphrase, RandomGenerator random) {
    if (secret.length > CHUNK) {
      throw new IllegalArgumentException("longer than one chunk");
    }
    byte[] fileKey = bytes(16, random);
    byte[] salt = bytes(16, random);
    byte[] nonce = bytes(16, random);
    try {
      byte[] wrapped =
          cipher(Cipher.ENCRYPT_MODE, wrapKey(passphrase, salt, LOG_N), new byte[12], fileKey);
      String head =
          MAGIC + "-> scrypt " + text(salt) + " " + LOG_N + "\n" + text(wrapped) + "\n---";
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      file.writeBytes(
          (head + " " + text(mac(fileKey, head)) + "\n").getBytes(StandardCharsets.US_ASCII));
      file.writeBytes(nonce);
      file.writeBytes(cipher(Cipher.ENCRYPT_MODE, payloadKey(fileKey, nonce), lastChunk(), secret));
      return file.toByteArray();
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every JDK 25 has these algorithms", missing);
    }
  }

  /// Decrypts.
  static Reading<byte[]> open(byte[] file, String passphrase) {
    String start = new String(file, 0, Math.min(file.length, 512), StandardCharsets.ISO_8859_1);
    Matcher header = HEADER.matcher(start);
    if (!header.lookingAt() || Integer.parseInt(header.group(2)) > MOST_LOG_N) {
      return new Reading.Unreadable<>("it is no age file under a passphrase that we would open");
    }
    int payload = header.end() + 16;
    if (file.length < payload + TAG || file.length > payload + CHUNK + TAG) {
      return new Reading.Unreadable<>("the age file has the wrong length");
    }
    try {
      byte[] wrap = wrapKey(passphrase, bytes(header.group(1)), Integer.parseInt(header.group(2)));
      byte[] fileKey = cipher(Cipher.DECRYPT_MODE, wrap, new byte[12], bytes(header.group(3)));
      String head = header.group().substring(0, header.group().lastIndexOf("---") + 3);
      if (!MessageDigest.isEqual(mac(fileKey, head), bytes(header.group(4)))) {
        return new Reading.Unreadable<>("the age file's header was changed");
      }
      byte[] nonce = Arrays.copyOfRange(file, header.end(), payload);
      return new Reading.Read<>(
          cipher(
              Cipher.DECRYPT_MODE,
              payloadKey(fileKey, nonce),
              lastChunk(),
              Arrays.copyOfRange(file, payload, file.length)));
    } catch (GeneralSecurityException | IllegalArgumentException wrong) {
      return new Reading.Unreadable<>("the passphrase is not the file's, or the file was changed");
    }
  }

  private static byte[] wrapKey(String passphrase, byte[] salt, int logN) {
    byte[] label = LABEL.getBytes(StandardCharsets.US_ASCII);
    byte[] salted = Arrays.copyOf(label, label.length + salt.length);
    System.arraycopy(salt, 0, salted, label.length, salt.length);
    return SCrypt.generate(
        passphrase.getBytes(StandardCharsets.UTF_8), salted, 1 << logN, 8, 1, 32);
  }

  private static byte[] mac(byte[] fileKey, String head) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(derived(fileKey, new byte[0], "header"), "HmacSHA256"));
    return mac.doFinal(head.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] payloadKey(byte[] fileKey, byte[] nonce) throws GeneralSecurityException {
    return derived(fileKey, nonce, "payload");
  }

  private static byte[] derived(byte[] key, byte[] salt, String info)
      throws GeneralSecurityException {
    HKDFParameterSpec.Builder extract = HKDFParameterSpec.ofExtract().addIKM(key);
    if (salt.length > 0) {
      extract.addSalt(salt);
    }
    return KDF.getInstance("HKDF-SHA256")
        .deriveData(extract.thenExpand(info.getBytes(StandardCharsets.US_ASCII), 32));
  }

  /// The nonce of the only chunk: number 0, and the mark of the last.
  private static byte[] lastChunk() {
    byte[] nonce = new byte[12];
    nonce[11] = 1;
    return nonce;
  }

  private static byte[] cipher(int mode, byte[] key, byte[] nonce, byte[] text)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
    cipher.init(mode, new SecretKeySpec(key, "ChaCha20"), new IvParameterSpec(nonce));
    return cipher.doFinal(text);
  }

  private static byte[] bytes(int count, RandomGenerator random) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] bytes(String base64) {
    return Base64.getDecoder().decode(base64);
  }

  private static String text(byte[] bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }
}
