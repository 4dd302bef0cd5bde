package dejima.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dejima.acceptance.product.Answer;
import dejima.acceptance.product.Caller;
import dejima.acceptance.product.DemoSites;
import dejima.acceptance.product.Eventually;
import dejima.acceptance.product.Finished;
import dejima.acceptance.product.GatewayProcess;
import dejima.acceptance.product.Product;
import dejima.acceptance.product.PublicLog;
import dejima.acceptance.product.SiteEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// Withdrawal drills against four sites as real processes: two of them domestic, so that one can go
/// and not both.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DrillTest {
  private static final int STRANDED = 4;
  private static final String FIRST = "Operator of sakura-ishikari";
  private static final String SECOND = "Operator of softbank-sakai";
  private static final Path FOLDER = Product.newFolder("drill");
  private static final GatewayProcess GATEWAY = GatewayProcess.in(FOLDER.resolve("gateway"));
  private static DemoSites sites;

  @BeforeAll
  static void start() {
    sites = DemoSites.start(FOLDER, GATEWAY.pin());
    GATEWAY.configured("builtin:demo-declared", sites.entries(), "").start();
    GATEWAY.awaitSites(4);
  }

  @AfterAll
  static void stop() {
    GATEWAY.close();
    sites.close();
  }

  private static Finished drill(String... words) {
    String[] all = new String[words.length + 5];
    all[0] = "drill";
    System.arraycopy(words, 0, all, 1, words.length);
    all[words.length + 1] = "--admin";
    all[words.length + 2] = GATEWAY.adminUrl().toString();
    all[words.length + 3] = "--data";
    all[words.length + 4] = GATEWAY.data().toString();
    return Product.run(GATEWAY.folder(), all);
  }

  @Test
  @Order(1)
  void takesOneOfTwoDomesticOperatorsAwayAndMeasuresTheSwitch()
      throws IOException, NoSuchAlgorithmException {
    Caller client = GATEWAY.client("drilled");
    for (int i = 0; i < 4; i++) {
      client.ask(Demo.MODEL, "q").expect(200);
    }
    awaitCovered(client);

    JsonNode held = Answer.json(drill("withdraw", FIRST, "--json").expect(0).out());

    JsonNode report = held.path("report");
    assertThat(report.path("strands").asBoolean()).isFalse();
    assertThat(report.path("history").path("requests").asInt()).isGreaterThanOrEqualTo(4);
    JsonNode switches = report.path("rehearsal").path("switches");
    assertThat(switches.size()).isBetween(1, 6);
    for (JsonNode one : switches) {
      assertThat(one.path("firstSuccessMs").asDouble()).as(one.toString()).isBetween(0.1, 10_000.0);
    }
    assertThat(switches.get(0).path("dataClass").asText()).isEqualTo("confidentiality-2");
    assertThat(report.path("rehearsal").path("underWay").asInt()).isPositive();
    assertThat(
            held.path("names").path(report.path("works").get(0).path("tenant").asText()).asText())
        .isEqualTo("drilled");
    requireRecorded(held);
    client.ask(Demo.MODEL, "q").expect(200);
    assertThat(GATEWAY.admin().get("/admin/v1/sites").text().split("\"health\":\"up\"", -1))
        .as("the gateway's own sites are untouched")
        .hasSize(5);
    assertThat(GATEWAY.data().resolve("scratch")).isEmptyDirectory();
  }

  private static void awaitCovered(Caller client) {
    String id = client.ask(Demo.MODEL, "q").expect(200).receiptId();
    GATEWAY.receipt(client, id);
  }

  /// The entry is a leaf of the public log, and names the report that is kept beside it.
  private static void requireRecorded(JsonNode held) throws IOException, NoSuchAlgorithmException {
    String hash = held.path("hash").asText();
    Path file = GATEWAY.data().resolve("drills").resolve(hash + ".json");
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    assertThat(HexFormat.of().formatHex(sha.digest(Files.readAllBytes(file)))).isEqualTo(hash);
    JsonNode entry = held.path("entry");
    assertThat(entry.path("kind").asText()).isEqualTo("drill");
    assertThat(entry.path("report").asText()).isEqualTo(hash);
    assertThat(Files.readString(file, StandardCharsets.UTF_8)).doesNotContain("\"drilled\"");
    byte[] bodyHash = Base64.getDecoder().decode(held.path("bodyHash").asText());
    int index = held.path("index").asInt();
    Eventually.holds(
        Duration.ofSeconds(15),
        () -> PublicLog.of(GATEWAY).size() > index,
        () -> "no tree head covers the drill");
    byte[] leaf = PublicLog.of(GATEWAY).entries().get(index);
    assertThat(leaf).startsWith(1).endsWith(bodyHash).hasSize(33);
  }

  @Test
  @Order(2)
  void listsDrillsAndShowsThemInBothLanguages() {
    String hash = drill("list").expect(0).out().lines().skip(1).findFirst().orElseThrow().strip();
    String last = hash.substring(hash.lastIndexOf(' ') + 1);

    assertThat(drill("show", last).expect(0).out())
        .contains("Nothing would be stranded.", "first success", "no reserved capacity");
    assertThat(drill("show", last, "--lang", "ja").expect(0).out())
        .contains("行き場を失うものはない。", "最初の成功", "予約容量");
    assertThat(
            GATEWAY.admin().get("/admin/v1/drills").json().path("last").path("operator").asText())
        .isEqualTo(FIRST);
  }

  @Test
  @Order(3)
  void saysWhichOperatorsThereAre() {
    assertThat(drill("withdraw", "Nobody").expect(1).err()).contains(FIRST, SECOND);
    assertThat(drill("withdraw", FIRST, "--site", "us-west").expect(1).err())
        .contains("sakura-ishikari");
  }

  @Test
  @Order(4)
  void strandsConfidentialWorkWhenTheLastDomesticOperatorGoes() {
    List<SiteEntry> left =
        sites.entries().stream().filter(site -> !site.id().equals("softbank-sakai")).toList();
    GATEWAY.stop();
    GATEWAY.configured("builtin:demo-declared", left, "").start();
    GATEWAY.awaitSites(3);

    Finished held = drill("withdraw", FIRST).expect(STRANDED);

    assertThat(held.out())
        .contains("No permitted site would be left for:", "confidentiality-2  ", "c2-abroad")
        .contains("none");
    JsonNode last = GATEWAY.admin().get("/admin/v1/drills").json().path("drills").get(0);
    assertThat(last.path("strands").asBoolean()).isTrue();
    assertThat(last.path("strandedClasses").toString())
        .contains("\"confidentiality-2\"")
        .doesNotContain("\"confidentiality-1\"");
  }
}
