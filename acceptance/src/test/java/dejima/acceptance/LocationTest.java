package dejima.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dejima.acceptance.product.Answer;
import dejima.acceptance.product.Caller;
import dejima.acceptance.product.Eventually;
import dejima.acceptance.product.Finished;
import dejima.acceptance.product.FreePorts;
import dejima.acceptance.product.GatewayProcess;
import dejima.acceptance.product.LandmarkProcess;
import dejima.acceptance.product.Product;
import dejima.acceptance.product.RunningProcess;
import dejima.acceptance.product.SiteEntry;
import dejima.acceptance.site.LongWay;
import dejima.agent.TlsIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A site in Osaka with a real agent, measured by two real landmarks over a way as long as wanted.
class LocationTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String RULE =
      """
      // id: measured
      // effect: permit
      // title.ja: 実測された国内の拠点だけで扱える
      // title.en: only at measured sites in Japan
      // basis.ja: 試験
      // basis.en: a test
      // remedy.ja: 計測点による実測を待つ
      // remedy.en: wait until landmarks have measured the site
      // reviewed: to be checked by counsel
      destination.kind == "site" && destination.evidence >= 2 && destination.country == "JP"
      """;

  private final GatewayProcess gateway = GatewayProcess.in(Product.newFolder("measuring"));
  private final Path agent = Product.newFolder("measured");

  @Test
  void permitsConfidentialTwoOnlyWhileTwoLandmarksProveThePlace() throws IOException {
    List<Integer> udp = FreePorts.take(1);
    try (gateway;
        LandmarkProcess first =
            LandmarkProcess.start("osaka-1.example", "Example University", gateway.pin());
        LandmarkProcess second = LandmarkProcess.start("osaka-2.example", "株式会社計測", gateway.pin());
        LongWay way = LongWay.to(udp.getFirst(), Duration.ofMillis(4));
        RunningProcess _ = agent(udp.getFirst(), List.of(first, second))) {
      configure(way.port(), List.of(first, second));
      gateway.start();
      gateway.awaitSites(1);
      Caller client = gateway.client("city");

      // 4 ms: as far as abroad, so E1 and no more
      awaitLandmarks("UNPROVED");
      Answer tooFar = client.ask("builtin-selftest", "出島とは何ですか。").expect(403);
      assertThat(tooFar.text()).contains("osaka: rule default-deny");
      assertThat(site().path("evidence").asText()).isEqualTo("E1");

      way.takes(Duration.ofMillis(2));
      awaitEvidence("E2");
      Answer permitted =
          client
              .ask("builtin-selftest", "出島とは何ですか。", "Dejima-Data-Class", "confidentiality-2")
              .expect(200);
      String receipt = gateway.receipt(client, permitted.receiptId());
      assertOutsidersFindThePlaceProved(receipt, List.of(first, second));

      // one landmark alone is not enough, once what the other proved is too old
      second.stop();
      awaitEvidence("E1");
      client.ask("builtin-selftest", "出島とは何ですか。").expect(403);
    }
  }

  /// From the receipt's files alone, by the raw round trips.
  private void assertOutsidersFindThePlaceProved(String receipt, List<LandmarkProcess> landmarks)
      throws IOException {
    Path folder = Product.newFolder("outsider");
    Files.writeString(folder.resolve("receipt.txt"), receipt);
    String trust = landmarks.get(0).trustLine() + "\n" + landmarks.get(1).trustLine() + "\n";
    Files.writeString(folder.resolve("landmarks"), trust);
    assertThat(new Caller(gateway.url(), "x").get("/log/landmarks").expect(200).text())
        .isEqualTo(trust);
    Finished verified =
        Product.run(
            folder,
            "verify",
            "receipt.txt",
            "--keys",
            gateway.keys().toString(),
            "--landmarks",
            "landmarks");

    assertThat(verified.expect(0).out()).contains("GENUINE", "osaka-1.example", "osaka-2.example");
  }

  private JsonNode site() {
    return gateway.admin().get("/admin/v1/sites").expect(200).json().path("sites").path(0);
  }

  private void awaitEvidence(String level) {
    Eventually.holds(
        PATIENCE,
        () -> site().path("evidence").asText().equals(level),
        () -> "not " + level + ": " + site());
  }

  private void awaitLandmarks(String verdict) {
    Eventually.holds(
        PATIENCE,
        () -> {
          JsonNode landmarks = site().path("location").path("landmarks");
          return landmarks.path(0).path("verdict").asText().equals(verdict)
              && landmarks.path(1).path("verdict").asText().equals(verdict);
        },
        () -> "not " + verdict + ": " + site());
  }

  private String pin() {
    return TlsIdentity.inDirectory(agent.resolve("identity"), "osaka", InstantSource.system())
        .pin()
        .text();
  }

  private int agentPort;

  private RunningProcess agent(int udp, List<LandmarkProcess> landmarks) throws IOException {
    agentPort = FreePorts.take(1).getFirst();
    Files.writeString(
        agent.resolve("agent.yaml"),
        """
        site: osaka
        operator: Operator of osaka
        country: JP
        control: domestic
        listen: 127.0.0.1:%d
        identity: identity
        gateways: [%s]
        engine: {kind: builtin}
        location:
          listen: 127.0.0.1:%d
          landmarks: [%s, %s]
        """
            .formatted(
                agentPort, gateway.pin(), udp, landmarks.get(0).key(), landmarks.get(1).key()));
    RunningProcess process = Product.start(agent, "agent");
    process.awaitLine("ready", PATIENCE);
    return process;
  }

  private void configure(int udp, List<LandmarkProcess> landmarks) throws IOException {
    Path folder = gateway.folder();
    Files.createDirectories(folder.resolve("bundle/rules"));
    Files.writeString(
        folder.resolve("bundle/bundle.properties"),
        "id=measured\nversion=1\ntitle.ja=試験\ntitle.en=test\n");
    Files.writeString(folder.resolve("bundle/rules/010-measured.cel"), RULE);
    register(folder);
    String approvers =
        "registerApprovers:\n  - {name: 佐藤, key: %s}\n  - {name: 鈴木, key: %s}\n"
            .formatted(approve(folder, "sato"), approve(folder, "suzuki"));
    gateway.configured(
        "bundle",
        List.of(new SiteEntry("osaka", "JP", "domestic", "", agentPort, pin())),
        "register: register\n"
            + approvers
            + "location: {every: 1s, validFor: 8s}\n"
            + LandmarkProcess.yaml(landmarks));
    Files.writeString(
        gateway.config(),
        """
            location: {latitude: 34.694, longitude: 135.502, udp: "127.0.0.1:%d"}
        """
            .formatted(udp),
        StandardOpenOption.APPEND);
  }

  /// Signs as one person, and gives that person's key.
  private static String approve(Path folder, String name) {
    String key =
        Product.run(folder, "register", "key", name, "--out", name + ".key")
            .expect(0)
            .out()
            .strip();
    Product.run(folder, "register", "sign", "register", "--key", name + ".key").expect(0);
    return key;
  }

  /// A register in which the site is at evidence level E1.
  private void register(Path folder) throws IOException {
    Path register = folder.resolve("register");
    Files.createDirectories(register.resolve("persons"));
    Files.createDirectories(register.resolve("sites"));
    Files.writeString(
        register.resolve("register.json"), "{\"register\":\"example.jp/register\",\"version\":1}");
    Files.writeString(
        register.resolve("persons/operator.json"),
        """
        {"name":"Operator of osaka","country":%s,"owners":%s,"officers":%s,"support":%s,"keyCustody":%s,"law":%s}
        """
            .formatted(
                fact("\"JP\""),
                fact("{\"holdings\":[{\"dispersed\":true,\"percent\":100}]}"),
                fact("{\"total\":5,\"foreign\":0}"),
                fact("[\"JP\"]"),
                fact("{\"holder\":\"operator\",\"country\":\"JP\"}"),
                fact("{\"governing\":\"JP\",\"courts\":\"JP\"}")));
    Files.writeString(
        register.resolve("sites/osaka.json"),
        """
        {"operator":"operator","place":%s,"network":%s,"pin":%s,"certifications":[%s]}
        """
            .formatted(
                fact(
                    "{\"country\":\"JP\",\"latitude\":34.694,\"longitude\":135.502,"
                        + "\"address\":\"大阪市\",\"metro\":\"osaka\"}"),
                fact("{\"asns\":[\"AS64500\"],\"prefixes\":[\"127.0.0.0/8\"]}"),
                fact("\"" + pin() + "\""),
                fact(
                    "{\"scheme\":\"ismap\",\"number\":\"C26-0001\",\"scope\":\"推論\","
                        + "\"coversThisService\":true}")));
  }

  private static String fact(String value) {
    LocalDate today = LocalDate.now(ZoneId.of("Asia/Tokyo"));
    return "{\"value\":%s,\"source\":\"試験\",\"date\":\"%s\",\"expires\":\"%s\"}"
        .formatted(value, today.minusDays(2), today.plusDays(60));
  }
}
