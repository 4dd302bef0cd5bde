package dejima.evidence;

import dejima.evidence.tree.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/// The hash that names the exact content of a directory: lower-case hex SHA-256 over its files in
/// the order of their paths, each as path, NUL, length in decimal, NUL, bytes.
public final class FilesHash {
  private FilesHash() {}

  /// Of files by their paths.
  public static String of(Map<String, byte[]> files) {
    var digest = Sha256.digest();
    new TreeMap<>(files)
        .forEach((path, bytes) -> {
          digest.update((path + "\0" + bytes.length + "\0").getBytes(StandardCharsets.UTF_8));
          digest.update(bytes);
        });
    return HexFormat.of().formatHex(digest.digest());
  }

  /// Of UTF-8 texts by their paths.
  public static String ofTexts(Map<String, String> texts) {
    var files = new TreeMap<String, byte[]>();
    texts.forEach((path, text) -> files.put(path, text.getBytes(StandardCharsets.UTF_8)));
    return of(files);
  }
}
