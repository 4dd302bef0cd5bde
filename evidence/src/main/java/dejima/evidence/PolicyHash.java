package dejima.evidence;

import dejima.evidence.tree.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/// The hash by which bodies name a policy bundle: hexadecimal SHA-256 over its files in the order
/// of their paths, each as path, NUL, length in decimal, NUL, bytes; without `signatures/`.
final class PolicyHash {
  private PolicyHash() {}

  static boolean isUnhashed(String path) {
    return path.startsWith("signatures/");
  }

  static String ofBundle(Map<String, String> files) {
    return of(files, "");
  }

  /// The same over the files below `theorems/` alone.
  static String ofTheorems(Map<String, String> files) {
    return of(files, "theorems/");
  }

  private static String of(Map<String, String> files, String folder) {
    var digest = Sha256.digest();
    new TreeMap<>(files)
        .forEach((path, text) -> {
          if (path.startsWith(folder) && !isUnhashed(path)) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            String head = path + "\0" + bytes.length + "\0";
            digest.update(head.getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
          }
        });
    return HexFormat.of().formatHex(digest.digest());
  }
}
