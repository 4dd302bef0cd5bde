package dejima.residency;

import static dejima.residency.Sites.SAKURA;
import static dejima.residency.Sites.request;
import static org.assertj.core.api.Assertions.assertThat;

import dejima.residency.BundleReading.Loaded;
import dejima.residency.BundleReading.Rejected;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActivePolicyTest {
  private static final RequestFacts REQUEST = request(DataClass.UNLABELLED);

  @Test
  void deniesEverythingWithoutABundle() {
    ActivePolicy policy = new ActivePolicy(PolicyBundle.none());

    Decision decision = policy.current().decide(REQUEST, SAKURA);

    assertThat(decision.effect()).isEqualTo(Effect.DENY);
    assertThat(decision.ruleIds()).containsExactly("no-policy");
  }

  @Test
  void putsASoundDirectoryInForce(@TempDir Path directory) throws IOException {
    ActivePolicy policy = new ActivePolicy(PolicyBundle.none());

    BundleReading reading =
        policy.offer(BundleDirectoryTest.write(directory, Bundles.permissive()));

    assertThat(reading).isInstanceOf(Loaded.class);
    assertThat(policy.current().decide(REQUEST, SAKURA).permits()).isTrue();
  }

  @Test
  void keepsTheGoodBundleWhenABadOneIsOffered(@TempDir Path directory) throws IOException {
    PolicyBundle good = Bundles.loaded(Bundles.permissive());
    ActivePolicy policy = new ActivePolicy(good);

    BundleReading reading =
        policy.offer(
            BundleDirectoryTest.write(
                directory, Map.of("bundle.properties", Bundles.HEAD, "rules/a.cel", "tru")));

    assertThat(reading).isInstanceOf(Rejected.class);
    assertThat(policy.current()).isSameAs(good);
  }

  @Test
  void readersSeeOneWholeGoodBundleWhileOthersOfferGoodAndBadOnes() throws Exception {
    PolicyBundle first = Bundles.loaded(numbered(1));
    PolicyBundle second = Bundles.loaded(numbered(2));
    BundleReading bad = PolicyBundle.of(Map.of());
    ActivePolicy policy = new ActivePolicy(first);
    AtomicBoolean offering = new AtomicBoolean(true);

    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Callable<Boolean> reader =
          () -> {
            boolean sound = true;
            while (offering.get()) {
              PolicyBundle current = policy.current();
              List<String> rules = current.decide(REQUEST, SAKURA).ruleIds();
              sound &= current == first || current == second;
              sound &= rules.equals(List.of("p" + current.version()));
            }
            return sound;
          };
      List<Future<Boolean>> readers = List.of(threads.submit(reader), threads.submit(reader));
      for (int i = 0; i < 20_000; i++) {
        policy.offer(i % 3 == 0 ? bad : new Loaded(i % 2 == 0 ? first : second));
      }
      offering.set(false);

      for (Future<Boolean> each : readers) {
        assertThat(each.get()).isTrue();
      }
    }
  }

  private static Map<String, String> numbered(int version) {
    String rule = Bundles.rule("p" + version, "permit", "true");
    return Map.of(
        "bundle.properties",
        Bundles.HEAD.replace("version=1", "version=" + version),
        "rules/p.cel",
        rule);
  }
}
