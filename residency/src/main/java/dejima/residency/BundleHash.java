package dejima.residency;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;

/// The hash that names a bundle's exact text.
final class BundleHash {
  private BundleHash() {}

  /// Lower-case hex SHA-256 over `path NUL length NUL bytes` of each file whose path begins so; the
  /// length in decimal, of the bytes.
  static String of(SortedMap<String, String> files, String prefix) {
    MessageDigest digest = sha256();
    files.forEach((path, text) -> {
      if (path.startsWith(prefix)) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((path + "\0" + bytes.length + "\0").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
      }
    });
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
