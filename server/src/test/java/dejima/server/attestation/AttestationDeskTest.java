package dejima.server.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.attestation.HeadNonce;
import dejima.attestation.Mirror;
import dejima.attestation.SiteAttestation.Hardware;
import dejima.evidence.Approvers;
import dejima.evidence.Approvers.Approver;
import dejima.evidence.EvidenceLog;
import dejima.evidence.LogSettings;
import dejima.evidence.Reading;
import dejima.evidence.RequestIds;
import dejima.evidence.Signer;
import dejima.gateway.SiteState;
import dejima.location.P256;
import dejima.residency.Control;
import dejima.residency.Country;
import dejima.residency.Destination.SiteFacts;
import dejima.residency.EvidenceLevel;
import dejima.residency.SiteGrounds;
import dejima.residency.SiteGrounds.Source;
import dejima.server.records.NodeRecords;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From a site's offer to its evidence level, with constructed evidence; no hardware has been at
/// hand.
final class AttestationDeskTest {
  private static final Signer SATO = signer("sato", 1);
  private static final Signer TANAKA = signer("tanaka", 2);
  private static final Approvers APPROVERS =
      new Approvers(
          List.of(new Approver("Sato", SATO.key()), new Approver("Tanaka", TANAKA.key())));

  @TempDir private Path home;
  private Instant now = Instant.parse("2026-11-21T03:10:00Z");
  private final InstantSource clock = () -> now;
  private final SiteState site =
      new SiteState(
          new SiteFacts("s", "A", Country.JAPAN, Control.DOMESTIC, EvidenceLevel.E0, ""),
          "sha256/x",
          clock);
  private Hardware registered =
      new Hardware(Set.of(ConstructedSite.CHIP), Set.of(), Set.of(ConstructedSite.GPU));
  private EvidenceLog log;
  private ConstructedSite machine;
  private PublicKey key;
  private AttestationDesk desk;

  private static Signer signer(String name, int seed) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) seed;
    return Signer.ed25519(name, bytes);
  }

  @BeforeEach
  void open() throws Exception {
    log = EvidenceLog.inMemory(LogSettings.of(signer("log", 9), clock));
    machine = new ConstructedSite(now);
    key = P256.keyPair(new SecureRandom()).getPublic();
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    desk =
        new AttestationDesk(
            home.resolve("mirror"),
            APPROVERS,
            new AttestationArchive(home.resolve("kept")),
            new NodeRecords(log, new RequestIds(clock, random)),
            _ -> new AttestationDesk.Registered(registered, true),
            clock,
            clock,
            () -> HeadNonce.of(log.checkpoint(), random, now));
    site.ground(
        Source.LOCATION,
        _ ->
            SiteGrounds.NONE
                .attributed(Optional.of(now.plus(Duration.ofDays(30))))
                .measured(
                    Optional.of(new SiteGrounds.Measured(now, now.plus(Duration.ofDays(30))))),
        List.of());
  }

  @AfterEach
  void close() {
    log.close();
  }

  private void mirror(Signer first, Signer second) throws Exception {
    for (Map.Entry<String, byte[]> file : machine.mirror().entrySet()) {
      Path path = home.resolve("mirror").resolve(file.getKey());
      Files.createDirectories(path.resolveSibling(""));
      Files.write(path, file.getValue());
    }
    String text = Mirror.load(home.resolve("mirror")).orThrow().approvalText();
    var note = Approvers.sign(text, first);
    if (Approvers.addSignature(note, second) instanceof Reading.Read<?>) {
      note = Approvers.addSignature(note, second).orThrow();
    }
    Path approval = home.resolve("mirror/signatures/approval.note");
    Files.createDirectories(approval.resolveSibling(""));
    Files.writeString(approval, note.noteText());
  }

  private EvidenceLevel heard(byte[] offer) {
    desk.hear(site, offer, key);
    return site.facts().evidence();
  }

  private byte[] offer() throws Exception {
    return machine.offer(desk.nonce("s"), key);
  }

  @Test
  void attestsTheSiteRecordsThatOnceAndKeepsTheOffer() throws Exception {
    mirror(SATO, TANAKA);
    byte[] offer = offer();

    assertThat(heard(offer)).isEqualTo(EvidenceLevel.E3);
    assertThat(heard(offer)).isEqualTo(EvidenceLevel.E3);

    assertThat(log.head().size()).isEqualTo(1);
    assertThat(site.grounded().entries()).hasSize(1);
    try (var kept = Files.list(home.resolve("kept"))) {
      assertThat(kept.count()).isEqualTo(3);
    }
  }

  @Test
  void recordsAnOfferThatStaysAsItWasOnceThoughTheSiteFellSilent() throws Exception {
    mirror(SATO, TANAKA);
    byte[] offer = offer();
    heard(offer);

    desk.unheard(site, "connection refused");
    assertThat(heard(offer)).isEqualTo(EvidenceLevel.E3);
    heard("{\"v\":1}".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    assertThat(heard(offer)).isEqualTo(EvidenceLevel.E3);

    assertThat(log.head().size()).isEqualTo(1);
    assertThat(site.grounded().entries()).hasSize(1);
  }

  @Test
  void namesNoKeyToSealToWhereTheImageIsNotClosed() throws Exception {
    mirror(SATO, TANAKA);
    heard(offer());

    assertThat(desk.sealable("s")).isEmpty();
  }

  @Test
  void attestsNothingByAMirrorThatOnePersonSigned() throws Exception {
    mirror(SATO, SATO);

    assertThat(heard(offer())).isEqualTo(EvidenceLevel.E2);
    assertThat(log.head().size()).isZero();
  }

  @Test
  void attestsNothingWithoutAMirrorOrOnOtherHardware() throws Exception {
    assertThat(heard(offer())).isEqualTo(EvidenceLevel.E2);
    mirror(SATO, TANAKA);
    registered = new Hardware(Set.of(), Set.of(), Set.of());
    assertThat(heard(offer())).isEqualTo(EvidenceLevel.E2);
  }

  @Test
  void losesTheLevelWhenTheEvidenceEndsOrIsReplacedByRubbish() throws Exception {
    mirror(SATO, TANAKA);
    assertThat(heard(offer())).isEqualTo(EvidenceLevel.E3);

    assertThat(heard("{\"v\":1}".getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
        .isEqualTo(EvidenceLevel.E2);

    assertThat(heard(offer())).isEqualTo(EvidenceLevel.E3);
    now = now.plus(Duration.ofHours(2));
    assertThat(site.facts().evidence()).isEqualTo(EvidenceLevel.E2);
  }

  @Test
  void refusesAnotherSitesNonce() throws Exception {
    mirror(SATO, TANAKA);

    assertThat(heard(machine.offer(desk.nonce("other"), key))).isEqualTo(EvidenceLevel.E2);
  }

  @Test
  void refusesTheOfferUnderAnotherKey() throws Exception {
    mirror(SATO, TANAKA);
    byte[] offer = offer();

    desk.hear(site, offer, P256.keyPair(new SecureRandom()).getPublic());

    assertThat(site.facts().evidence()).isEqualTo(EvidenceLevel.E2);
  }

  @Test
  void saysNothingAboutADirectoryThatIsNoMirror() throws Exception {
    Files.createDirectories(home.resolve("mirror"));
    Files.writeString(home.resolve("mirror/mirror.json"), "{");

    assertThat(heard(offer())).isEqualTo(EvidenceLevel.E2);
  }
}
