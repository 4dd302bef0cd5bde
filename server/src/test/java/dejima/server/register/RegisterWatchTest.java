package dejima.server.register;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.evidence.Approvers;
import dejima.evidence.Approvers.Approver;
import dejima.evidence.EvidenceLog;
import dejima.evidence.LogSettings;
import dejima.evidence.RequestIds;
import dejima.evidence.Signer;
import dejima.gateway.SiteStanding;
import dejima.gateway.SiteState;
import dejima.gateway.SiteTable;
import dejima.register.Attribution;
import dejima.register.Register;
import dejima.register.RegisterApproval;
import dejima.register.RegisterReading;
import dejima.residency.Certification;
import dejima.residency.Control;
import dejima.residency.Country;
import dejima.residency.Destination.SiteFacts;
import dejima.residency.EvidenceLevel;
import dejima.residency.SiteGrounds.Source;
import dejima.server.records.LastRecorded;
import dejima.server.records.NodeRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RegisterWatchTest {
  private static final String PIN = "sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  private static final SiteFacts CONFIGURED =
      new SiteFacts("s", "A K.K.", Country.JAPAN, Control.DOMESTIC, EvidenceLevel.E0, "");
  private static final Signer SATO = signer("sato", 1);
  private static final Signer TANAKA = signer("tanaka", 2);

  @TempDir private Path home;
  private Instant now = Instant.parse("2026-11-21T03:00:00Z");
  private final InstantSource clock = () -> now;
  private final SiteState site = new SiteState(CONFIGURED, PIN, clock);
  private final SiteTable table = new SiteTable(List.of(site));
  private Optional<Attribution.Declared> place = Optional.empty();
  private EvidenceLog log;
  private RegisterDesk desk;
  private RegisterWatch watch;

  private static Signer signer(String name, int seed) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) seed;
    return Signer.ed25519(name, bytes);
  }

  private static String fact(String value) {
    return "{\"value\":%s,\"source\":\"s\",\"date\":\"2026-11-01\",\"expires\":\"2026-12-31\"}"
        .formatted(value);
  }

  @BeforeEach
  void open() throws IOException {
    log = EvidenceLog.inMemory(LogSettings.of(signer("log", 9), clock));
    write("register.json", "{\"register\":\"r\",\"version\":1}");
    write(
        "persons/a.json",
        """
        {"name":"A K.K.","country":%s,"owners":%s,"officers":%s,"support":%s,"keyCustody":%s,"law":%s}
        """
            .formatted(
                fact("\"JP\""),
                fact("{\"holdings\":[{\"dispersed\":true,\"percent\":100}]}"),
                fact("{\"total\":3,\"foreign\":0}"),
                fact("[\"JP\"]"),
                fact("{\"holder\":\"a\",\"country\":\"JP\"}"),
                fact("{\"governing\":\"JP\",\"courts\":\"JP\"}")));
    write(
        "sites/s.json",
        """
        {"operator":"a","place":%s,"network":%s,"pin":%s,"certifications":[%s]}
        """
            .formatted(
                fact("{\"country\":\"JP\",\"latitude\":35,\"longitude\":135,\"address\":\"x\"}"),
                fact("{\"asns\":[\"AS64500\"]}"),
                fact("\"" + PIN + "\""),
                fact(
                    "{\"scheme\":\"ismap\",\"number\":\"1\",\"scope\":\"x\",\"coversThisService\":true}")));
    write(
        "models/m.json",
        "{\"names\":[\"m\"],\"owner\":%s,\"licence\":%s,\"origin\":%s,\"digests\":%s}"
            .formatted(
                fact("\"o\""),
                fact("\"l\""),
                fact("\"JP\""),
                fact("[\"sha256:" + "0".repeat(64) + "\"]")));
    if (!(Register.load(home.resolve("register"))
        instanceof RegisterReading.Loaded(Register register))) {
      throw new AssertionError("the test's register is not sound");
    }
    write(
        RegisterApproval.path(),
        Approvers.addSignature(Approvers.sign(RegisterApproval.text(register), SATO), TANAKA)
            .orThrow()
            .noteText());
    desk =
        new RegisterDesk(
            new RegisterSettings(
                home.resolve("register"),
                new Approvers(
                    List.of(
                        new Approver("Sato", SATO.key()), new Approver("Tanaka", TANAKA.key()))),
                Optional.empty()),
            home.resolve("kept"),
            new NodeRecords(log, new RequestIds(clock, RandomGenerator.of("L64X128MixRandom"))),
            LastRecorded.in(home.resolve("recorded.json")));
    watch = new RegisterWatch(desk, table, _ -> place, _ -> {}, clock, clock);
  }

  @AfterEach
  void close() {
    log.close();
  }

  private void write(String path, String text) throws IOException {
    Path file = home.resolve("register").resolve(path);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, text);
  }

  private void declared() {
    site.judged(new SiteStanding.Declared(now));
    watch.run();
  }

  @Test
  void leavesSitesAloneWhileNothingIsInForce() {
    declared();

    assertThat(site.facts()).isEqualTo(CONFIGURED);
    assertThat(watch.model("m").registered()).isFalse();
  }

  @Test
  void attributesASiteWhoseStatementAndRegisterAgree() {
    desk.reload();
    watch.run();
    assertThat(site.facts().evidence()).isEqualTo(EvidenceLevel.E0);

    declared();

    assertThat(site.facts().evidence()).isEqualTo(EvidenceLevel.E1);
    assertThat(site.facts().assurances().certifications()).containsExactly(Certification.ISMAP);
    assertThat(table.sheet().of("s").orElseThrow().assurances().japaneseLaw()).isTrue();
    assertThat(site.grounded().entries()).hasSize(1);
    assertThat(watch.model("m").registered()).isTrue();
  }

  @Test
  void fallsBackWhenTheSiteSaysNothingAnyMore() {
    desk.reload();
    declared();

    site.judged(new SiteStanding.Undeclared(new dejima.residency.LocalText("古い", "stale")));
    watch.run();

    assertThat(site.facts().evidence()).isEqualTo(EvidenceLevel.E0);
  }

  @Test
  void forgetsFactsThatExpireWhileItRuns() {
    desk.reload();
    declared();

    now = Instant.parse("2026-12-31T15:00:30Z");
    assertThat(site.facts().evidence()).isEqualTo(EvidenceLevel.E0);
    watch.run();

    assertThat(site.facts().country()).isEqualTo(Country.UNKNOWN);
    assertThat(site.facts().control()).isEqualTo(Control.UNKNOWN);
    assertThat(site.facts().assurances().certifications()).isEmpty();
    assertThat(watch.model("m").registered()).isFalse();
  }

  @Test
  void attributesForTheStatementsNinetyDaysAtMost() {
    desk.reload();
    Instant issued = now.minus(Duration.ofDays(89));
    site.judged(new SiteStanding.Declared(issued));
    watch.run();

    assertThat(site.grounded().grounds().attributedUntil())
        .contains(issued.plus(Duration.ofDays(90)));
  }

  @Test
  void contradictsASiteThatIsConfiguredElsewhere() {
    place = Optional.of(new Attribution.Declared(34.69, 135.5));
    desk.reload();
    declared();

    assertThat(site.facts().evidence()).isEqualTo(EvidenceLevel.CONTRADICTED);
    assertThat(site.grounded().grounds().contradictions().get(Source.REGISTER))
        .anyMatch(text -> text.en().startsWith("place: configuration and register are"));
  }

  @Test
  void contradictsASiteThatIsConfiguredOtherwise() {
    SiteState other = new SiteState(CONFIGURED, PIN.replace("AAA=", "AAB="), clock);
    SiteTable sites = new SiteTable(List.of(other));
    desk.reload();

    new RegisterWatch(desk, sites, _ -> Optional.empty(), _ -> {}, clock, clock).run();

    assertThat(other.facts().evidence()).isEqualTo(EvidenceLevel.CONTRADICTED);
  }
}
