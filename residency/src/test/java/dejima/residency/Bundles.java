package dejima.residency;

import dejima.residency.BundleReading.Loaded;
import dejima.residency.BundleReading.Rejected;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Small bundles, for tests.
final class Bundles {
  static final String HEAD = "id=test\nversion=1\ntitle.ja=試験\ntitle.en=test\n";

  private Bundles() {}

  static String rule(String id, String effect, String expression) {
    return """
    // id: %s
    // effect: %s
    // title.ja: 題
    // title.en: title
    // basis.ja: 根拠
    // basis.en: basis
    // remedy.ja: 対処
    // remedy.en: remedy
    // reviewed: to be checked by counsel
    %s
    """
        .formatted(id, effect, expression);
  }

  static String theorem(String id, String expression) {
    return """
    // id: %s
    // title.ja: 題
    // title.en: title
    // basis.ja: 根拠
    // basis.en: basis
    // reviewed: to be checked by counsel
    %s
    """
        .formatted(id, expression);
  }

  /// A sound bundle whose one rule permits everything.
  static Map<String, String> permissive() {
    return files(Map.of("rules/p.cel", rule("p", "permit", "true")));
  }

  static Map<String, String> files(Map<String, String> rules) {
    Map<String, String> files = new TreeMap<>(rules);
    files.putIfAbsent("bundle.properties", HEAD);
    return files;
  }

  static PolicyBundle loaded(Map<String, String> files) {
    return loaded(PolicyBundle.of(files));
  }

  static PolicyBundle loaded(BundleReading reading) {
    return switch (reading) {
      case Loaded(PolicyBundle bundle) -> bundle;
      case Rejected(List<Problem> problems) -> throw new AssertionError(problems.toString());
    };
  }

  /// The problems as compilers print them.
  static List<String> problems(BundleReading reading) {
    return switch (reading) {
      case Loaded _ -> List.of();
      case Rejected(List<Problem> problems) -> problems.stream().map(Problem::text).toList();
    };
  }
}
