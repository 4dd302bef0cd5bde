package dejima.evidence;

import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The hash by which bodies name a policy bundle: the [FilesHash] of its files without
/// `signatures/`.
final class PolicyHash {
  private PolicyHash() {}

  static boolean isUnhashed(String path) {
    return path.startsWith("signatures/");
  }

  static String ofBundle(Map<String, String> files) {
    return of(files, path -> !isUnhashed(path));
  }

  /// The same over the files below `theorems/` alone.
  static String ofTheorems(Map<String, String> files) {
    return of(files, path -> path.startsWith("theorems/"));
  }

  private static String of(Map<String, String> files, Predicate<String> counts) {
    return FilesHash.ofTexts(
        files.entrySet().stream()
            .filter(file -> counts.test(file.getKey()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }
}
