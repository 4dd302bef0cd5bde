package dejima.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.acceptance.product.Answer;
import dejima.acceptance.product.Caller;
import dejima.acceptance.product.Eventually;
import dejima.acceptance.product.Finished;
import dejima.acceptance.product.GatewayProcess;
import dejima.acceptance.product.GoClients;
import dejima.acceptance.product.NodeClients;
import dejima.acceptance.product.Product;
import dejima.acceptance.product.Verifying;
import dejima.acceptance.product.WitnessProcess;
import dejima.acceptance.site.Script;
import dejima.acceptance.site.StubWorld;
import dejima.evidence.AppendFailure;
import dejima.evidence.Checkpoint;
import dejima.evidence.Entry;
import dejima.evidence.EvidenceLog;
import dejima.evidence.Json;
import dejima.evidence.Kind;
import dejima.evidence.LogSettings;
import dejima.evidence.NoteSecret;
import dejima.evidence.Promise;
import dejima.evidence.RequestIds;
import dejima.evidence.Signer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/// What those see who trust no server of ours: two witnesses, a monitor, and other people's tools,
/// around a gateway that answers requests.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OutsidersTest {
  private static final Duration WITNESSED = Duration.ofSeconds(20);

  private final StubWorld world = new StubWorld("outsiders");
  private final WitnessProcess one = WitnessProcess.init("witness.one.example");
  private final WitnessProcess two = WitnessProcess.init("witness.two.example");
  private final Path folder = Product.newFolder("outsiders");
  private String logKey = "";
  private Path keys = folder;
  private Caller client = new Caller(java.net.URI.create("http://127.0.0.1"), "");

  @BeforeAll
  void start() throws IOException {
    world.domestic("home", "m", Script.answers());
    Path policy = folder.resolve("witnesses.policy");
    String quorum =
        one.policy()
            + two.policy()
            + "group both all witness.one.example witness.two.example\nquorum both\n";
    Files.writeString(policy, quorum);
    world.start("witnessPolicy: " + policy);
    logKey = gateway().client("t").get("/log/keys").expect(200).text().strip();
    keys = Files.writeString(folder.resolve("keys"), "log " + logKey + "\n" + quorum);
    one.start(logKey);
    two.start(logKey);
    client = world.client();
    for (int i = 0; i < 5; i++) {
      client.ask("m", "question " + i).expect(200);
    }
  }

  @AfterAll
  void end() {
    one.close();
    two.close();
    world.close();
  }

  private GatewayProcess gateway() {
    return world.gateway();
  }

  /// A receipt under a tree head that both witnesses cosigned.
  private Path witnessedReceipt(String question) {
    String id = client.ask("m", question).expect(200).receiptId();
    Path file = folder.resolve(id);
    Eventually.holds(
        WITNESSED,
        () -> {
          String receipt = gateway().receipt(client, id);
          Verifying.write(file, receipt.getBytes(StandardCharsets.UTF_8));
          return receipt.contains("\u2014 witness.one.example ")
              && receipt.contains("\u2014 witness.two.example ");
        },
        () -> "no cosigned receipt; " + gateway().admin().get("/admin/v1/witnesses").text());
    return file;
  }

  @Test
  @Order(1)
  void receiptsCarryTheQuorumAndVerifyDemandsIt() throws IOException {
    byte[] receipt = Files.readAllBytes(witnessedReceipt("who saw this?"));

    assertThat(Verifying.verify(receipt, keys).expect(0).out())
        .contains("The witnesses asked for saw this tree head");
    assertThat(Verifying.verify(receipt, gateway().keys()).expect(0).out())
        .contains("no witness was asked for");
    String without =
        new String(receipt, StandardCharsets.UTF_8)
            .replaceAll("\u2014 witness\\.two\\.example [^\n]*\n", "");
    assertThat(Verifying.verify(without.getBytes(StandardCharsets.UTF_8), keys).out())
        .contains("REFUSED", "quorum");
    assertThat(gateway().admin().get("/admin/v1/witnesses").expect(200).text())
        .contains("\"cosigning\"")
        .doesNotContain("contradicting");
    assertThat(gateway().admin().get("/metrics").text()).contains("dejima_witness_up");
  }

  @TestFactory
  @Order(2)
  Stream<DynamicTest> goTakesCheckpointsTilesAndProofs() throws IOException {
    Path receipt = witnessedReceipt("can Go read this?");
    Path proofs = Files.writeString(folder.resolve("proofs.json"), consistencyProofs());
    return GoClients.interop(
        List.of(
            gateway().url() + "/log/",
            logKey,
            one.keys().getFirst() + " " + two.keys().getFirst(),
            proofs.toString(),
            receipt.toString()));
  }

  /// Every consistency proof of a growing log, as witnesses get them.
  private static String consistencyProofs() {
    InstantSource clock = InstantSource.system();
    Signer signer = Signer.ed25519(NoteSecret.generate("log.example/x", new Random(1)));
    List<Json> proofs = new ArrayList<>();
    try (EvidenceLog log = EvidenceLog.inMemory(LogSettings.of(signer, clock))) {
      RequestIds ids = new RequestIds(clock, new Random(2));
      List<Checkpoint> heads = new ArrayList<>();
      for (int size = 0; size < 40; size++) {
        append(log, ids.next());
        heads.add(Checkpoint.parse(log.checkpoint().text()).orThrow());
        Checkpoint newest = heads.getLast();
        heads.forEach(head ->
            proofs.add(
                Json.object()
                    .put("from", head.size())
                    .put("to", newest.size())
                    .put("fromRoot", head.root())
                    .put("toRoot", newest.root())
                    .put("proof", Json.strings(log.consistency(head.size(), newest.size())))
                    .build()));
      }
    }
    return Json.array(proofs).canonicalText();
  }

  private static void append(EvidenceLog log, String id) {
    log.append(
        new Entry(id, Kind.REFUSAL, "t", Json.object().put("reason", "x").build()),
        new EvidenceLog.Receiver() {
          @Override
          public void durable(Promise promise) {}

          @Override
          public void failed(AppendFailure failure) {
            throw new AssertionError(failure);
          }
        });
  }

  @TestFactory
  @Order(2)
  Stream<DynamicTest> otherPeoplesVerifiersTakeReceiptsInTheirForms() {
    Path receipt = witnessedReceipt("can Node read this?");
    Path cose = folder.resolve("receipt.cose");
    Path credential = folder.resolve("receipt.vc.json");
    fetch(receipt.getFileName().toString(), "cose", cose);
    fetch(receipt.getFileName().toString(), "credential", credential);

    Product.run(
            folder, "verify", receipt.toString(), "-k", keys.toString(), "--cose", cose.toString())
        .expect(0);
    Product.run(
            folder, "verify", receipt.toString(), "-k", keys.toString(), "--cose", keys.toString())
        .expect(Verifying.REFUSED);
    return NodeClients.checks(
        "outsiders.mjs",
        Map.of(
            "LOG_KEY", logKey,
            "WITNESS_KEYS", one.keys().getLast() + " " + two.keys().getLast(),
            "RECEIPT", receipt.toString(),
            "COSE", cose.toString(),
            "CREDENTIAL", credential.toString()));
  }

  private void fetch(String id, String form, Path file) {
    Product.run(
            folder,
            "receipt",
            "get",
            id,
            "--as",
            form,
            "-o",
            file.toString(),
            "--gateway",
            gateway().url().toString(),
            "--key",
            client.credential())
        .expect(0);
  }

  @Test
  @Order(3)
  void aMonitorFollowsTheLogFromSeveralVantagePoints() throws IOException {
    Path kept = Files.createDirectories(folder.resolve("kept"));
    Caller tenant = gateway().client("monitored");
    for (int i = 0; i < 3; i++) {
      Answer answer = tenant.ask("m", "followed " + i).expect(200);
      Files.writeString(kept.resolve(i + ".promise"), answer.header("dejima-promise"));
      Files.writeString(kept.resolve(i + ".txt"), gateway().receipt(tenant, answer.receiptId()));
    }
    witnessedReceipt("so that the cosigned head is new");

    assertThat(monitor(kept).expect(0).out()).contains("sound", "4 signed head(s)");
    assertThat(monitor(kept).expect(0).out()).contains("sound", "5 signed head(s)");
    Files.delete(kept.resolve("1.txt"));
    assertThat(monitor(kept).expect(3).out()).contains("ALARM", "GAP");
  }

  @Test
  @Order(4)
  void aLedgerListsWhatWasSentOfPersonalInformation() throws IOException {
    Path kept = Files.createDirectories(folder.resolve("ledger"));
    Caller tenant = gateway().client("ledger");
    String personal =
        tenant
            .ask("m", "q", "Dejima-Data-Class", "confidentiality-2,personal")
            .expect(200)
            .receiptId();
    String other = tenant.ask("m", "q", "Dejima-Data-Class", "confidentiality-1").receiptId();
    Files.writeString(kept.resolve("personal"), gateway().receipt(tenant, personal));
    Files.writeString(kept.resolve("other"), gateway().receipt(tenant, other));
    Path file = folder.resolve("ledger.csv");
    String[] command = {
      "ledger", kept.toString(), "--keys", gateway().keys().toString(), "-o", file.toString()
    };

    Product.run(folder, command).expect(0);

    assertThat(Files.readString(file))
        .startsWith("\uFEFF\"提供年月日時（日本標準時）\"")
        .contains(personal, "\"home\"", "\"JP\"", "\"該当しない\"", "\"真正\"")
        .doesNotContain(other);
    Files.writeString(kept.resolve("forged"), "c2sp.org/tlog-proof@v1\n");
    assertThat(Product.run(folder, command).expect(3).err()).contains("REFUSED", "forged");
  }

  private Finished monitor(Path kept) {
    return Product.run(
        folder,
        "monitor",
        gateway().url() + "/log",
        "--keys",
        keys.toString(),
        "--once",
        "--witness",
        one.url(),
        "--witness",
        two.url(),
        "--receipts",
        kept.toString());
  }

  @Test
  @Order(9)
  void aWitnessThatIsAwayStopsNothingAndIsShown() {
    two.close();

    String id = client.ask("m", "is anybody there?").expect(200).receiptId();

    Verifying.verify(
            gateway().receipt(client, id).getBytes(StandardCharsets.UTF_8), gateway().keys())
        .expect(0);
    Eventually.holds(
        WITNESSED,
        () -> client.get("/readyz").text().contains("witness.two.example"),
        () -> client.get("/readyz").text());
    assertThat(client.get("/readyz").status()).isEqualTo(200);
    two.start(logKey);
    assertThat(witnessedReceipt("and now?")).exists();
  }
}
