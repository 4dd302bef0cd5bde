package dejima.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dejima.acceptance.product.Eventually;
import dejima.acceptance.product.FreePorts;
import dejima.acceptance.product.GatewayProcess;
import dejima.acceptance.product.Product;
import dejima.acceptance.product.RunningProcess;
import dejima.acceptance.product.SignedFacts;
import dejima.acceptance.product.SiteEntry;
import dejima.acceptance.product.WallClock;
import dejima.acceptance.site.LongWay;
import dejima.acceptance.site.PliantLandmark;
import dejima.acceptance.site.PliantLandmark.Says;
import dejima.agent.TlsIdentity;
import dejima.evidence.StrictBase64;
import dejima.location.MeasurementId;
import dejima.location.Place;
import dejima.location.Responder;
import dejima.location.SessionKey;
import dejima.location.TlsBinding;
import dejima.location.Transcript;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The attacks of the design page against a running gateway that watches a real agent: none of them
/// brings the site to E2, and before and after each the site is at E2 by two honest landmarks.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocationAttacksTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration ABROAD = Duration.ofMillis(4);
  private static final Duration HERE = Duration.ofMillis(2);

  /// Longer than a measurement counts here.
  private static final Duration HELD = Duration.ofSeconds(5);

  private static final Place OSAKA = new Place(34.694, 135.502);
  private static final Place TOKYO = new Place(35.681, 139.767);
  private static final Says NOTHING = (_, _) -> "";

  private final GatewayProcess gateway = GatewayProcess.in(Product.newFolder("attacked"));
  private final Path agentFolder = Product.newFolder("attacked-osaka");
  private final WallClock clock = new WallClock(Product.newFolder("wall-clock"));
  private final TlsIdentity identity =
      TlsIdentity.inDirectory(agentFolder.resolve("identity"), "osaka", InstantSource.system());
  private final PliantLandmark one = landmark("osaka-1.example", "Example University");
  private final PliantLandmark two = landmark("osaka-2.example", "株式会社計測");
  private final PliantLandmark alias = landmark("osaka-3.example", "EXAMPLE　UNIVERSITY, Inc.");
  private final PliantLandmark own = landmark("osaka-4.example", "OPERATOR OF OSAKA K.K.");
  private final int udp = FreePorts.take(1).getFirst();
  private final LongWay way = way(udp);

  @SuppressWarnings("NullAway.Init") // started before all tests
  private RunningProcess agent;

  private static PliantLandmark landmark(String id, String person) {
    try {
      return new PliantLandmark(id, person, OSAKA);
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static LongWay way(int udp) {
    try {
      return LongWay.to(udp, HERE);
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @BeforeAll
  void start() throws IOException {
    int port = FreePorts.take(1).getFirst();
    Files.writeString(
        agentFolder.resolve("agent.yaml"),
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
          landmarks: [%s, %s, %s, %s]
        """
            .formatted(port, gateway.pin(), udp, one.key(), two.key(), alias.key(), own.key()));
    agent = Product.start(agentFolder, "agent");
    agent.awaitLine("ready", PATIENCE);
    SignedFacts facts = new SignedFacts(gateway.folder());
    facts.register(
        new SignedFacts.Site(
            "osaka",
            identity.pin().text(),
            OSAKA.latitude(),
            OSAKA.longitude(),
            "sha256:" + "0".repeat(64)));
    gateway.configured(
        "builtin:japan-baseline",
        List.of(new SiteEntry("osaka", "JP", "domestic", "", port, identity.pin().text())),
        facts.yaml()
            + "location: {every: 1s, validFor: 4s}\nlandmarks:\n"
            + one.yaml()
            + two.yaml()
            + alias.yaml()
            + own.yaml());
    Files.writeString(
        gateway.config(),
        """
            location: {latitude: 34.694, longitude: 135.502, udp: "127.0.0.1:%d"}
        """
            .formatted(way.port()),
        StandardOpenOption.APPEND);
    gateway.by(clock).start();
    gateway.awaitSites(1);
  }

  @AfterAll
  void stop() {
    gateway.close();
    agent.close();
    way.close();
    List.of(one, two, alias, own).forEach(PliantLandmark::close);
  }

  /// The control: honest landmarks near the site prove it.
  @BeforeEach
  void isProvedByTwoHonestLandmarks() throws IOException {
    way.meets(LongWay.Habit.NONE);
    way.leadsTo(udp);
    way.takes(HERE);
    clock.shift(Duration.ZERO);
    one.says(Says.TRUTH);
    two.says(Says.TRUTH);
    alias.says(NOTHING);
    own.says(NOTHING);
    Eventually.holds(PATIENCE, () -> level().equals("E2"), () -> "not E2: " + site());
  }

  @Test
  void earlyAnswers() {
    way.takes(ABROAD);
    way.meets((question, before, send) -> {
      byte[] guess = question.clone();
      guess[4] = 2; // an answer, with the nonce itself for a MAC
      send.send(guess);
    });

    holdsBelowE2("come from foreign land");
  }

  @Test
  void replayedAnswers() {
    way.takes(ABROAD);
    way.meets((question, before, send) -> {
      send.send(before);
      if (before.length == question.length) {
        byte[] renumbered = before.clone();
        System.arraycopy(question, 8, renumbered, 8, 20);
        send.send(renumbered);
      }
    });

    holdsBelowE2("come from foreign land");
  }

  /// A twin here holds the site's key and sees every question; the traffic goes to the one abroad.
  @Test
  void aTwinWithTheSitesKey() throws IOException {
    byte[] itsOwn = new byte[32];
    itsOwn[0] = 1;
    TlsBinding tls = new TlsBinding(StrictBase64.text(itsOwn));
    try (Responder twin =
        Responder.at(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), System::nanoTime)) {
      way.meets((question, before, send) -> {
        MeasurementId id =
            MeasurementId.parse(HexFormat.of().formatHex(Arrays.copyOfRange(question, 8, 24)));
        for (PliantLandmark landmark : List.of(one, two)) {
          // Only the first counts; the other one's questions fail by their MAC.
          twin.open(
              id,
              SessionKey.derive(
                  identity.agree(landmark.agreement()), tls, landmark.id(), "osaka", id));
        }
      });
      way.leadsTo(twin.port());

      holdsBelowE2("refuses with status 502");
    }
  }

  @Test
  void oneLandmarkThatLies() {
    way.takes(ABROAD);
    two.says((self, truth) -> self.signed(with(truth, 100_000, OSAKA, truth.person().name(), 0)));

    holdsBelowE2("not proved by landmarks of two different legal persons");
  }

  @Test
  void oneLandmarkThatRepeatsAnOldTranscript() {
    AtomicReference<String> old = new AtomicReference<>("");
    two.says((self, truth) -> old.getAndUpdate(kept -> kept.isEmpty() ? self.signed(truth) : kept));

    holdsBelowE2("landmark:");
  }

  @Test
  void aLandmarkThatMoved() {
    two.says((self, truth) -> self.signed(with(truth, 0, TOKYO, truth.person().name(), 0)));

    holdsBelowE2("names another place than the registered one");
  }

  @Test
  void aLandmarkThatPosesAsSomebodyElse() {
    two.says((self, truth) -> self.signed(with(truth, 0, OSAKA, "Third Institute", 0)));

    holdsBelowE2("names another legal person than the registered one");
  }

  @Test
  void oneLegalPersonWithTwoLandmarks() {
    alias.says(Says.TRUTH);
    two.says(NOTHING);

    holdsBelowE2("not proved by landmarks of two different legal persons");
  }

  @Test
  void theOperatorsOwnLandmark() {
    own.says(Says.TRUTH);
    two.says(NOTHING);

    holdsBelowE2("landmarks of the site's own operator");
  }

  @Test
  void aLandmarkWithAnotherClock() {
    for (long minutes : new long[] {-2, 2}) {
      two.says((self, truth) ->
          self.signed(with(truth, 0, OSAKA, truth.person().name(), minutes * 60_000)));

      holdsBelowE2("its clock differs");
    }
  }

  /// Nobody measures any more, and somebody sets the gateway's clock back again and again.
  @Test
  void aClockThatIsSetBackKeepsNothingAlive() {
    one.says(NOTHING);
    two.says(NOTHING);
    clock.shift(Duration.ofHours(-1));

    holdsBelowE2("no measurement of the last ten minutes proves it");
  }

  @Test
  void durationsThatAreNone() {
    for (String trip :
        List.of("-1", "0", "1.5", "9223372036854775808", "-9223372036854775808", "1e400", "null")) {
      two.says((self, truth) -> self.signedText(replaced(truth, "[" + trip, trip)));
      belowE2("landmark:");
    }
    two.says((self, truth) -> self.signedText(replaced(truth, "[NaN", "NaN")));
    belowE2("landmark:");
    two.says(
        (self, truth) -> self.signedText(truth.json().canonicalText().replace("34.694", "1e999")));
    holdsBelowE2("landmark:");
  }

  /// A transcript in which each round trip is this.
  private static String replaced(Transcript truth, String begin, String trip) {
    String text = truth.json().canonicalText();
    int at = text.indexOf("\"roundTrips\":[") + "\"roundTrips\":".length();
    return text.substring(0, at)
        + begin
        + ("," + trip).repeat(truth.roundTrips().size() - 1)
        + text.substring(text.indexOf(']', at));
  }

  @Test
  void moreAnswersThanTheSiteGave() {
    two.says((self, truth) -> {
      String text = truth.json().canonicalText();
      int at = text.indexOf("\"roundTrips\":[") + "\"roundTrips\":[".length();
      return self.signedText(text.substring(0, at) + "9,9,9," + text.substring(at));
    });

    holdsBelowE2("more answers than this site gave");
  }

  private static Transcript with(
      Transcript truth, long nanos, Place place, String person, long later) {
    return PliantLandmark.changed(truth, nanos, place, person, truth.started() + later);
  }

  private void belowE2(String reason) {
    Eventually.holds(
        PATIENCE,
        () -> level().equals("E1") && site().toString().contains(reason),
        () -> "not E1 with '" + reason + "': " + site());
  }

  /// For longer than anything that was measured before can count.
  private void holdsBelowE2(String reason) {
    belowE2(reason);
    long until = System.nanoTime() + HELD.toNanos();
    while (System.nanoTime() < until) {
      assertThat(level()).isEqualTo("E1");
      LockSupport.parkNanos(200_000_000);
    }
    assertThat(site().toString()).contains(reason);
  }

  private String level() {
    return site().path("evidence").asText();
  }

  private JsonNode site() {
    return gateway.admin().get("/admin/v1/sites").expect(200).json().path("sites").path(0);
  }
}
