package dejima.bench.decision;

import dejima.residency.BundleReading;
import dejima.residency.PolicyBundle;
import java.util.Map;
import java.util.TreeMap;

/// Dejima's own: the bundle's rules compiled to closures, with the facts gathered each time.
final class Closures implements Decider {
  private final PolicyBundle bundle;

  Closures(Rules rules) {
    Map<String, String> files = new TreeMap<>();
    files.put("bundle.properties", "id=bench\nversion=1\ntitle.ja=計測\ntitle.en=bench\n");
    for (int i = 0; i < rules.cel().size(); i++) {
      files.put("rules/%03d.cel".formatted(i), file(i, rules));
    }
    this.bundle =
        switch (PolicyBundle.of(files)) {
          case BundleReading.Loaded(PolicyBundle loaded) -> loaded;
          case BundleReading.Rejected(var problems) ->
              throw new IllegalStateException(problems.getFirst().text());
        };
  }

  private static String file(int i, Rules rules) {
    return """
    // id: rule-%d
    // effect: %s
    // title.ja: 題
    // title.en: title
    // basis.ja: 根拠
    // basis.en: basis
    // remedy.ja: 対処
    // remedy.en: remedy
    // reviewed: nobody
    %s
    """
        .formatted(i, rules.permits().get(i) ? "permit" : "forbid", rules.cel().get(i));
  }

  @Override
  public String name() {
    return "Dejima's closures";
  }

  @Override
  public boolean permits(int situation) {
    return bundle.decide(Situations.request(situation), Situations.site(situation)).permits();
  }
}
