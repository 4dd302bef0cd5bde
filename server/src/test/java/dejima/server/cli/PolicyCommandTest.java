package dejima.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.residency.PolicyBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PolicyCommandTest {
  private static final String BASELINE = "builtin:japan-baseline";
  private static final String DEMO = "builtin:demo-declared";

  @TempDir private Path home;
  private Path bundle = Path.of("");

  @BeforeEach
  void copyTheDemosBundle() throws IOException {
    bundle = home.resolve("ours");
    for (Map.Entry<String, String> file : PolicyBundle.demo().files().entrySet()) {
      Path target = bundle.resolve(file.getKey());
      Files.createDirectories(target.resolveSibling(""));
      Files.writeString(target, file.getValue());
    }
  }

  private static CommandRun run(String... arguments) {
    return CommandRun.of(arguments);
  }

  @Test
  void provesInEitherLanguage() {
    CommandRun japanese = run("policy", "prove", DEMO, "--lang", "ja");
    CommandRun json = run("policy", "prove", DEMO, "--json");

    assertThat(japanese.code()).isZero();
    assertThat(japanese.out()).contains("証明", "機密性2以上は国外に出ない", "定理 4 件中 4 件を証明");
    assertThat(json.out()).contains("\"state\":\"proved\"", "\"permitsNothing\":false");
  }

  @Test
  void showsWhatBreaksAFalseTheorem() throws IOException {
    Files.delete(bundle.resolve("rules/030-c2-abroad.cel"));
    Files.delete(bundle.resolve("rules/040-c2-needs-domestic-control.cel"));
    Path permit = bundle.resolve("rules/081-permit-declared-domestic.cel");
    Files.writeString(
        permit, Files.readString(permit).replace("&& destination.country == \"JP\"", ""));

    CommandRun ended = run("policy", "prove", bundle.toString(), "--lang", "en");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.out())
        .contains(
            "FALSE",
            "c2-never-leaves-japan",
            "request.confidentiality == 2",
            "destination.country == \"US\"",
            "there the rules permit by permit-declared-domestic");
  }

  @Test
  void explainsADecisionWithItsLegalBases() {
    CommandRun denied =
        run(
            "policy",
            "explain",
            BASELINE,
            "--class=c2+personal",
            "--country=US",
            "--evidence=e2",
            "--lang=ja");
    CommandRun permitted =
        run(
            "policy",
            "explain",
            BASELINE,
            "--class=c2",
            "--country=JP",
            "--control=domestic",
            "--evidence=E2",
            "--located=3",
            "--certified=ismap",
            "--japanese-law",
            "--model-registered",
            "--model-calls-nobody",
            "--lang=en");

    assertThat(denied.code()).isEqualTo(3);
    assertThat(denied.out()).contains("拒否", "c2-abroad", "根拠：", "個人情報の保護に関する法律 第28条");
    assertThat(permitted.code()).isZero();
    assertThat(permitted.out()).contains("PERMIT", "permit-measured", "legal basis:");
  }

  @Test
  void findsWhatAChangeWouldPermit() {
    CommandRun looser = run("policy", "diff", BASELINE, DEMO, "--lang=en");
    CommandRun same = run("policy", "diff", DEMO, bundle.toString(), "--lang=en");

    assertThat(looser.code()).isEqualTo(3);
    assertThat(looser.out()).contains("newly permitted: for instance", "before: deny");
    assertThat(same.code()).isZero();
    assertThat(same.out()).contains("newly permitted: nothing at all (proved)");
  }

  @Test
  void showsEveryClassAtEverySiteAndEveryPath() throws IOException {
    Path config = home.resolve("dejima.yaml");
    Files.writeString(
        config,
        """
        policy: builtin:demo-declared
        sites:
          - id: sakura-ishikari
            operator: SAKURA internet Inc.
            country: JP
            control: domestic
            url: https://agent.example.jp:9101
            pin: sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
        """);

    CommandRun matrix = run("policy", "matrix", DEMO, "-c", config.toString(), "--lang=en");
    CommandRun check = run("policy", "check", "--config", config.toString(), "--lang=en");

    assertThat(matrix.out())
        .contains("sakura-ishikari  JP domestic E0", "permit  confidentiality-2  permit-declared");
    assertThat(check.code()).isZero();
    assertThat(check.out()).contains("client → gateway → sakura-ishikari", "not configured");
  }

  @Test
  void refusesAConfigurationWhoseTracesWouldLeave() throws IOException {
    Path config = home.resolve("dejima.yaml");
    Files.writeString(
        config, "policy: builtin:japan-baseline\ntelemetry: {otlp: 'https://otel.example.com'}\n");

    CommandRun check = run("policy", "check", "--config", config.toString());

    assertThat(check.code()).isEqualTo(1);
    assertThat(check.err()).contains("client → gateway → span exporter → https://otel.example.com");
  }

  @Test
  void letsTwoPeopleSign() {
    String taro = home.resolve("taro.key").toString();
    String hanako = home.resolve("hanako.key").toString();

    CommandRun key = run("policy", "key", "taro", "--out", taro);
    assertThat(key.code()).isZero();
    assertThat(key.out()).startsWith("taro+");
    assertThat(run("policy", "key", "taro", "--out", taro).err()).contains("is there already");
    assertThat(run("policy", "key", "a+b").code()).isEqualTo(1);
    assertThat(run("policy", "key", "hanako", "--out", hanako).code()).isZero();
    assertThat(run("policy", "sign", bundle.toString(), "--key", taro).code()).isZero();
    assertThat(run("policy", "sign", bundle.toString(), "--key", hanako).code()).isZero();

    assertThat(bundle.resolve("signatures/taro.note")).exists();
    assertThat(bundle.resolve("signatures/hanako.note")).exists();
    assertThat(run("policy", "check", bundle.toString()).code()).isZero();
  }

  @Test
  void refusesToReplayWhatIsNoReceipt() throws IOException {
    Path file = home.resolve("receipt.txt");
    Files.writeString(file, "not a receipt");

    assertThat(run("policy", "replay", file.toString()).err()).contains("is no receipt");
  }
}
