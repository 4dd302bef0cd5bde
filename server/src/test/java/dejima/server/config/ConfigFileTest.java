package dejima.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dejima.residency.Control;
import dejima.server.config.ServerConfig.PolicySource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigFileTest {
  private static final Path HOME = Path.of("/srv/dejima");
  private static final String WHOLE =
      """
      listen: 0.0.0.0:8443
      admin: 127.0.0.1:9000
      data: state
      policy: policies/ours
      origin: evidence.example.jp/node-1
      tls: {certificate: tls/chain.pem, key: /etc/key.pem}
      database: {url: "jdbc:postgresql://db/dejima", user: dejima, passwordFile: pw}
      limits: {maxBodyBytes: 1048576, connections: 100, eventLoops: 2}
      timeouts: {connect: 500ms, firstByte: 10s, idle: 5s, total: 2m}
      telemetry: {otlp: "http://127.0.0.1:4318"}
      sites:
        - id: sakura-ishikari
          operator: SAKURA internet Inc.
          country: JP
          control: domestic
          metro: Ishikari
          url: https://agent.example.jp:9101
          pin: sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
      """;

  private static ServerConfig read(String yaml) {
    return ConfigFile.parse(yaml, HOME, "dejima.yaml");
  }

  private static String mistakes(String yaml) {
    try {
      throw new AssertionError(read(yaml));
    } catch (InvalidConfig invalid) {
      return String.valueOf(invalid.getMessage());
    }
  }

  private static String sites(int count, String operator) {
    StringBuilder yaml = new StringBuilder("sites:\n");
    for (int i = 0; i < count; i++) {
      yaml.append(
          """
            - id: site-%d
              operator: %s
              url: https://10.0.0.1:9101
              pin: sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
          """
              .formatted(i, operator));
    }
    return yaml.toString();
  }

  @Test
  void refusesMoreSitesThanAnEntryHasRoomFor() {
    assertThat(read(sites(150, "Operator K.K.")).sites()).hasSize(150);

    assertThat(mistakes(sites(250, "Operator K.K.")))
        .contains(
            "sites: the ids of 250 sites need", "put some of the sites behind another gateway");
  }

  @Test
  void readsEverythingThatCanBeSet() {
    ServerConfig config = read(WHOLE);

    assertThat(config.gateway()).isEqualTo(new Address("0.0.0.0", 8443));
    assertThat(config.data()).isEqualTo(HOME.resolve("state"));
    assertThat(config.policy())
        .isEqualTo(new PolicySource.Directory(HOME.resolve("policies/ours")));
    assertThat(config.timeouts().total()).isEqualTo(Duration.ofMinutes(2));
    assertThat(config.tls().orElseThrow().key()).isEqualTo(Path.of("/etc/key.pem"));
    assertThat(config.database().orElseThrow().passwordFile()).contains(HOME.resolve("pw"));
    assertThat(config.sites()).hasSize(1);
    assertThat(config.sites().getFirst().port()).isEqualTo(9101);
    assertThat(config.sites().getFirst().facts().control()).isEqualTo(Control.DOMESTIC);
  }

  @Test
  void hasAnAnswerToEverythingThatIsNotSet() {
    ServerConfig config = read("sites: []");

    assertThat(config.gateway()).isEqualTo(new Address("127.0.0.1", 8080));
    assertThat(config.admin()).isEqualTo(new Address("127.0.0.1", 8081));
    assertThat(config.policy()).isEqualTo(new PolicySource.Baseline());
    assertThat(config.database()).isEmpty();
  }

  @Test
  void reportsEveryMistakeAtOnce() {
    String mistakes =
        mistakes(
            """
            listen: nowhere
            admn: 127.0.0.1:1
            limits: {maxBodyBytes: lots, threads: 3}
            timeouts: {idle: soon, total: 0s, firstByte: 999999999h}
            database: {url: mysql://x}
            telemetry: [1]
            origin: a b
            sites:
              - {id: UPPER, operator: o, country: Japan, control: home, url: "http://x", pin: p}
              - {id: a, operator: o, country: JP, control: domestic, url: "https://u@x:1/p?q",
                 pin: sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=}
              - {id: b, operator: o, country: JP, control: domestic, url: "https://x:70000",
                 pin: sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=}
              - {}
            """);

    assertThat(mistakes)
        .contains(
            "listen: must be host:port",
            "admn: is not a setting",
            "limits.maxBodyBytes: must be a whole number",
            "limits.threads: is not a setting",
            "timeouts.idle: must be a duration",
            "timeouts.total: must be a duration from 1ms",
            "timeouts.firstByte: must be a duration",
            "database.url: must be a JDBC URL",
            "database.user: is missing",
            "telemetry: must be a mapping",
            "origin: must be a name",
            "sites[0].id: must be small letters",
            "sites[0].country: must be an ISO 3166-1 code",
            "sites[0].control: must be one of domestic, foreign, unknown",
            "sites[0].url: must be https://host:port",
            "sites[0].pin: ",
            "sites[1].url: must be https://host:port",
            "sites[2].url: must be https://host:port",
            "sites[3].id: is missing",
            "sites[3].pin: is missing");
  }

  @Test
  void refusesTwoSitesOfOneName() {
    String twice = WHOLE + WHOLE.substring(WHOLE.indexOf("  - id:"));

    assertThat(mistakes(twice)).contains("sites[1].id: is used by another site");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "listen: a:1\nlisten: b:2",
        "{",
        "a: [",
        "\t- x",
        "&a [*a]: 1",
        "sites: []\n---\nadmin: x:1",
        "- a",
        "text",
        "42",
        "sites: {}",
        "sites:\n  - text",
        "listen: {a: 1}",
        "listen: \"\"",
      })
  void refusesWhatIsNoConfiguration(String yaml) {
    assertThat(mistakes(yaml)).contains("dejima.yaml has ", "mistake");
  }

  @Test
  void saysWhichFileCannotBeRead() {
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> ConfigFile.read(Path.of("/nonexistent/dejima.yaml")))
        .withMessageContainingAll("/nonexistent/dejima.yaml", "--config");
  }

  static Stream<String> texts() {
    return Stream.of(WHOLE, "sites: []", "{", "a: *b", "? [a]\n: !!binary x");
  }

  @MethodSource("texts")
  @FuzzTest
  void readsOrRefusesAnyText(@NotNull String yaml) {
    try {
      assertThat(read(yaml)).isNotNull();
    } catch (InvalidConfig refused) {
      assertThat(refused).hasMessageContaining("mistake");
    }
  }
}
