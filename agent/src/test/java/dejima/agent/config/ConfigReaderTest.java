package dejima.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dejima.agent.config.EngineSettings.KeyHeader;
import dejima.evidence.NoteKey;
import dejima.evidence.Signer;
import dejima.residency.Control;
import dejima.residency.Country;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigReaderTest {
  private static final String PIN = "sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  private static final String LEAST =
      """
      site: sakura-ishikari
      operator: SAKURA internet Inc.
      country: JP
      control: domestic
      listen: 127.0.0.1:9101
      gateways: ["%s"]
      engine: {kind: builtin}
      """
          .formatted(PIN);

  @TempDir private Path directory;

  @Test
  void readsTheLeastThatMustBeWritten() {
    AgentConfig config = read(LEAST);

    assertThat(config.site())
        .isEqualTo(
            new AgentConfig.Site(
                "sakura-ishikari",
                "SAKURA internet Inc.",
                Country.JAPAN,
                Control.DOMESTIC,
                "",
                false));
    assertThat(config.listen()).isEqualTo(new AgentConfig.Listen("127.0.0.1", 9101));
    assertThat(config.identity()).isEqualTo(directory.resolve("identity"));
    assertThat(config.engine()).isEqualTo(new EngineSettings.Builtin());
    assertThat(config.limits()).isEqualTo(Limits.USUAL);
  }

  @Test
  void wantsFilesForEachOfSeveralGateways() {
    String two =
        LEAST.replace(
            "[\"" + PIN + "\"]", "[\"" + PIN + "\", \"" + PIN.replace("AAA=", "AAE=") + "\"]");
    String shared = two + "attestation: {nonce: a/nonce, snpReport: 'a/{gateway}/report'}\n";

    assertThat(ConfigReader.text(shared, directory.resolve("agent.yaml")))
        .isInstanceOfSatisfying(
            ConfigReading.Refused.class,
            refused -> assertThat(refused.mistakes().toString()).contains("{gateway}"));
    AgentConfig config = read(shared.replace("nonce: a/nonce", "nonce: 'a/{gateway}/nonce'"));
    assertThat(config.attestation()).isPresent();
    assertThat(read(LEAST + "attestation: {nonce: a/nonce, snpReport: a/report}\n").attestation())
        .isPresent();
  }

  @Test
  void readsEveryKeyOfAnEngineBehindAnUrl() throws IOException {
    Files.writeString(directory.resolve("key"), "secret");

    AgentConfig config =
        read(
            LEAST.replace(
                "{kind: builtin}",
                "{kind: openai, url: 'https://llm.example.jp/v1', keyFile: key, keyHeader: api-key,"
                    + " models: [a, b], idleSeconds: 5, totalSeconds: 6}"));

    assertThat(config.engine())
        .isInstanceOfSatisfying(
            EngineSettings.OpenAi.class,
            openAi -> {
              assertThat(openAi.url()).isEqualTo(URI.create("https://llm.example.jp/v1"));
              assertThat(openAi.keyFile()).contains(directory.resolve("key"));
              assertThat(openAi.keyHeader()).isEqualTo(KeyHeader.API_KEY);
              assertThat(openAi.models()).containsExactly("a", "b");
              assertThat(openAi.patience().idle()).hasSeconds(5);
              assertThat(openAi.patience().total()).hasSeconds(6);
            });
  }

  @Test
  void findsEveryMistakeAtOnce() {
    List<String> mistakes =
        refused(
            """
            site: Sakura Ishikari
            operator: ""
            country: Japan
            control: mostly
            standIn: yes please
            listen: 127.0.0.1
            gateways: [sha256/short, {}]
            engin: {}
            engine: {kind: openai, url: "ftp://x", keyFile: nowhere, idleSeconds: 0, temperature: 1}
            limits: {concurrent: many, bodyMebibytes: 4096, surprise: 1}
            """);

    assertThat(mistakes)
        .extracting(mistake -> mistake.substring(0, mistake.indexOf(": ")))
        .containsExactlyInAnyOrder(
            "site",
            "operator",
            "country",
            "control",
            "standIn",
            "listen",
            "gateways[0]",
            "gateways[1]",
            "engin",
            "engine.url",
            "engine.keyFile",
            "engine.idleSeconds",
            "engine.temperature",
            "limits.concurrent",
            "limits.bodyMebibytes",
            "limits.surprise");
    assertThat(mistakes).allMatch(mistake -> mistake.contains("write"));
  }

  @Test
  void saysWhatIsMissing() {
    assertThat(refused("{}"))
        .contains(
            "site: is missing: write for example site: my-site",
            "gateways: names no gateway: write a list with the pin of each one's key",
            "engine.kind: is missing: write for example kind: builtin");
  }

  @Test
  void saysWhereTheYamlIsBroken() {
    assertThat(refused("site: [\n"))
        .singleElement()
        .asString()
        .contains("not YAML")
        .contains("line");
    assertThat(refused("a: 1\na: 2")).singleElement().asString().contains("a");
    assertThat(refused("just text")).singleElement().asString().contains("mapping");
    assertThat(refused("")).singleElement().asString().contains("mapping");
  }

  @Test
  void saysThatTheFileIsMissing() {
    assertThat(ConfigReader.file(directory.resolve("agent.yaml")))
        .isInstanceOfSatisfying(
            ConfigReading.Refused.class,
            refused ->
                assertThat(refused.mistakes())
                    .singleElement()
                    .asString()
                    .contains("dejima agent init"));
  }

  @Test
  void wantsTheModelOfALlamaServerToBeThere() {
    assertThat(refused(LEAST.replace("{kind: builtin}", "{kind: llama-server, model: m, name: n}")))
        .singleElement()
        .asString()
        .startsWith("engine.model: ");
  }

  @Test
  void readsHowLandmarksMeasure() {
    String key = Signer.ed25519("osaka-1.example", new byte[32]).key().text();

    AgentConfig config =
        read(LEAST + "location: {listen: \"0.0.0.0:9201\", landmarks: [\"" + key + "\"]}\n");

    assertThat(config.location())
        .hasValueSatisfying(location -> {
          assertThat(location.listen()).isEqualTo(new AgentConfig.Listen("0.0.0.0", 9201));
          assertThat(location.landmarks()).extracting(NoteKey::text).containsExactly(key);
        });
    assertThat(read(LEAST).location()).isEmpty();
  }

  @Test
  void wantsLandmarksThatAreKeysAndAtLeastOne() {
    assertThat(ConfigReader.text(LEAST + "location: {listen: \"h:1\"}\n", directory.resolve("f")))
        .asString()
        .contains("location.landmarks", "names no landmark");
    assertThat(
            ConfigReader.text(
                LEAST + "location: {listen: \"h:1\", landmarks: [x]}\n", directory.resolve("f")))
        .asString()
        .contains("landmark's key as it prints it");
  }

  @FuzzTest
  void eitherReadsOrSaysWhatIsWrong(@NotNull String yaml) {
    switch (ConfigReader.text(yaml, Path.of("/nowhere/agent.yaml"))) {
      case ConfigReading.Read read -> assertThat(read.config().gateways()).isNotEmpty();
      case ConfigReading.Refused refused -> assertThat(refused.mistakes()).isNotEmpty();
    }
  }

  private AgentConfig read(String yaml) {
    return switch (ConfigReader.text(yaml, directory.resolve("agent.yaml"))) {
      case ConfigReading.Read read -> read.config();
      case ConfigReading.Refused refused -> throw new AssertionError(refused);
    };
  }

  private List<String> refused(String yaml) {
    return switch (ConfigReader.text(yaml, directory.resolve("agent.yaml"))) {
      case ConfigReading.Read read -> throw new AssertionError(read);
      case ConfigReading.Refused refused ->
          refused.mistakes().stream().map(Mistake::toString).toList();
    };
  }
}
