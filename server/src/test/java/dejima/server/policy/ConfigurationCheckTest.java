package dejima.server.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.residency.Control;
import dejima.residency.Country;
import dejima.residency.DataClass;
import dejima.residency.Destination.Sink;
import dejima.residency.Destination.SinkKind;
import dejima.residency.LocalText;
import dejima.residency.PolicyBundle;
import dejima.residency.Problem;
import dejima.server.config.ConfigurationSettings;
import dejima.server.policy.ConfigurationCheck.Verdict;
import dejima.server.policy.ConfigurationPath.Content;
import dejima.server.policy.ConfigurationPath.End;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigurationCheckTest {
  private static final String SITES =
      """
      sites:
        - id: sakura-ishikari
          operator: SAKURA internet Inc.
          country: JP
          control: domestic
          url: https://agent.example.jp:9101
          pin: sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
      """;

  private static List<Problem> problems(PolicyBundle policy, String more) {
    return new ConfigurationCheck(policy, paths(more)).problems();
  }

  private static List<ConfigurationPath> paths(String more) {
    return ConfigurationPaths.of(ConfigurationSettings.read(SITES + more));
  }

  @Test
  void passesAConfigurationThatOpensNothing() {
    assertThat(problems(PolicyBundle.baseline(), "")).isEmpty();
    assertThat(problems(PolicyBundle.demo(), "")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "telemetry: {otlp: 'http://127.0.0.1:4318'}",
        "telemetry: {otlp: 'http://localhost:4318'}",
        "telemetry: {otlp: 'http://[::1]:4318'}",
        "telemetry: {otlp: 'https://otel.example.jp', country: JP, control: domestic}",
        "database: {url: 'jdbc:postgresql://127.0.0.1:5432/d', user: d}",
        "database: {url: 'jdbc:postgresql:d', user: d}",
        "database: {url: 'jdbc:postgresql://db.example.jp/d', user: d, country: JP, control: domestic}",
      })
  void passesSinksOnThisMachineAndThoseAtHome(String more) {
    assertThat(problems(PolicyBundle.baseline(), more)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "telemetry: {otlp: 'https://otel.example.com'}",
        "telemetry: {otlp: 'https://otel.example.com', country: US, control: foreign}",
        "telemetry: {otlp: 'https://otel.example.jp', country: JP}",
        "telemetry: {otlp: 'https://otel.example.com', country: US, control: domestic}",
        "database: {url: 'jdbc:postgresql://db.example.com:5432/d', user: d}",
        "database: {url: 'jdbc:postgresql://localhost,db.example.com/d', user: d}",
        "database: {url: 'jdbc:postgresql://db/d', user: d, country: JP, control: foreign}",
      })
  void refusesSinksThatLeave(String more) {
    assertThat(problems(PolicyBundle.baseline(), more)).hasSize(1);
  }

  @Test
  void printsThePathHopByHopAndWhatWouldCloseIt() {
    List<Problem> problems =
        problems(PolicyBundle.baseline(), "telemetry: {otlp: 'https://otel.example.com/x'}");

    assertThat(problems.getFirst().text())
        .startsWith("configuration:1:1: the path client → gateway → span exporter →")
        .contains(
            "https://otel.example.com/x",
            "country ZZ, control unknown",
            "telemetry.otlp",
            "confidentiality-2",
            "sink-abroad, sink-foreign-control");
  }

  /// What no configuration can open today: a sink that carries the text itself.
  @Test
  void judgesWhatCarriesContentForEveryClassThatSomeSiteMayServe() {
    Sink cache = new Sink(SinkKind.CACHE, "cache.example.com", new Country("US"), Control.FOREIGN);
    List<ConfigurationPath> paths = new ArrayList<>(paths(""));
    paths.add(
        new ConfigurationPath(
            new LocalText("キャッシュ", "cache"),
            List.of("client", "gateway", "cache.example.com"),
            Content.REQUEST,
            new End.AlwaysOpen(cache, "cache.url")));

    List<Verdict> verdicts = new ConfigurationCheck(PolicyBundle.demo(), paths).verdicts();

    List<DataClass> leaking =
        verdicts.getLast().leaks().stream().map(ConfigurationCheck.Leak::dataClass).toList();
    assertThat(verdicts.getFirst().open()).isNotEmpty().containsAll(leaking);
    assertThat(leaking).contains(DataClass.UNLABELLED);
  }

  @Test
  void listsWhatIsNotThere() {
    assertThat(paths(""))
        .filteredOn(path -> path.end() instanceof End.NotConfigured)
        .extracting(path -> path.name().en())
        .containsExactly(
            "traces (OTLP)", "cache", "batch", "files", "guardrail calls", "support access");
  }

  @Test
  void looksAtEveryClass() {
    assertThat(ConfigurationCheck.allClasses()).hasSize(3 * 128).doesNotHaveDuplicates();
  }
}
