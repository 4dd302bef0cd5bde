package dejima.server.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.audit.EvidenceTrust;
import dejima.audit.PolicyReplay;
import dejima.audit.SiteEvidence;
import dejima.evidence.Approvers;
import dejima.evidence.Carried;
import dejima.evidence.CarriedFolder;
import dejima.evidence.Openings;
import dejima.evidence.Quorum;
import dejima.evidence.Receipt;
import dejima.evidence.ReceiptJudges;
import dejima.evidence.ReceiptVerifier;
import dejima.evidence.SiteDeclaration;
import dejima.evidence.TrustedApprovers;
import dejima.evidence.Verification;
import dejima.evidence.Verification.Finding;
import dejima.evidence.Verification.Step;
import dejima.evidence.VerificationKeys;
import dejima.residency.Assurances;
import dejima.residency.Certification;
import dejima.residency.Control;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What somebody with a receipt, the keys and no server can establish of a site at level E3, and
/// every way in which a gateway may claim too much. Evidence is constructed; no hardware has been
/// at hand.
final class OfflineEvidenceTest {
  private static final EvidenceTrust TRUST =
      new EvidenceTrust(
          ClaimedSite.KEYS, Optional.of(ClaimedSite.LANDMARKS), Optional.of(ClaimedSite.APPROVERS));

  private ClaimedSite gateway;

  @BeforeEach
  void begin() throws Exception {
    gateway = new ClaimedSite();
  }

  @AfterEach
  void end() {
    gateway.close();
  }

  private static Verification verify(Receipt receipt, EvidenceTrust trust) {
    return ReceiptVerifier.verify(
        receipt.bytes(),
        trust.keys(),
        new ReceiptJudges(new PolicyReplay(), new SiteEvidence(trust)),
        Openings.NONE);
  }

  private static Verification.Verified genuine(Receipt receipt, EvidenceTrust trust) {
    Verification verification = verify(receipt, trust);
    assertThat(verification)
        .as(verification instanceof Verification.Refused refused ? refused.reason() : "")
        .isInstanceOf(Verification.Verified.class);
    return (Verification.Verified) verification;
  }

  private static List<String> codes(List<Finding> findings) {
    return findings.stream().map(Finding::code).toList();
  }

  private void refusedAt(Step step, String reason) throws Exception {
    assertThat(verify(gateway.receipt(), TRUST))
        .isInstanceOfSatisfying(
            Verification.Refused.class,
            refused -> {
              assertThat(refused.reason()).contains(reason);
              assertThat(refused.step()).isEqualTo(step);
            });
  }

  @Test
  void establishesEverythingWithTheReceiptAndTheKeysAlone() throws Exception {
    Verification.Verified found = genuine(gateway.receipt(), TRUST);

    assertThat(codes(found.proved()))
        .contains(
            "included",
            "witnessed",
            "register-approved",
            "register",
            "statement",
            "location",
            "registered-place",
            "attestation",
            "nonce-fresh",
            "decision");
    assertThat(codes(found.notProved()))
        .contains(
            "evidence-level",
            "nothing-left-out",
            "register-newest",
            "recorded-time",
            "tried-on-hardware")
        .doesNotContain("attestation", "register", "location", "nonce-fresh");
  }

  @Test
  void saysWhatIsNotProvedWithoutTheApproversAndLandmarks() throws Exception {
    EvidenceTrust logAlone =
        new EvidenceTrust(ClaimedSite.KEYS, Optional.empty(), Optional.empty());

    Verification.Verified found = genuine(gateway.receipt(), logAlone);

    assertThat(codes(found.notProved())).contains("register-approved", "location", "attestation");
    assertThat(codes(found.proved())).contains("register").doesNotContain("attestation");
  }

  @Test
  void readsAReceiptOfTheVersionBeforeAndSaysWhatItLacks() throws Exception {
    Receipt newest = gateway.receipt();
    Map<String, String> policy = new HashMap<>(newest.policyFiles());
    Receipt older = with(newest, new Receipt.Documents(policy, newest.documents().siteFacts()));

    assertThat(Receipt.parse(older.bytes()).orThrow().documents().carried()).isEmpty();
    assertThat(codes(genuine(older, TRUST).notProved())).contains("register", "attestation");
  }

  private static Receipt with(Receipt receipt, Receipt.Documents documents) {
    return new Receipt(
        receipt.body(),
        receipt.index(),
        receipt.path(),
        receipt.salt(),
        receipt.intents(),
        receipt.grounds(),
        documents,
        receipt.note());
  }

  private static Receipt carrying(Receipt receipt, Carried carried) {
    return with(
        receipt,
        new Receipt.Documents(
            receipt.policyFiles(), receipt.documents().siteFacts(), Optional.of(carried)));
  }

  @Test
  void refusesARegisterThatWasEditedAfterSigning() throws Exception {
    gateway.afterSigning =
        files -> {
          files.computeIfPresent("sites/s.json", (_, text) -> text.replace("AS64500", "AS64501"));
          return files;
        };
    refusedAt(Step.REGISTER, "changed after it was signed");
  }

  @Test
  void refusesARegisterThatOnePersonSignedTwice() throws Exception {
    gateway.registerSigners = List.of(ClaimedSite.SATO, ClaimedSite.SATO_TOO);
    refusedAt(Step.REGISTER, "only Sato has signed");
  }

  @Test
  void refusesARegisterThatNobodySigned() throws Exception {
    gateway.afterSigning =
        files -> {
          files.remove("signatures/approval.note");
          return files;
        };
    refusedAt(Step.REGISTER, "nobody has signed");
  }

  @Test
  void refusesAnotherVersionOfTheRegisterThanTheLogNames() throws Exception {
    Receipt receipt = gateway.receipt();
    Carried carried = receipt.documents().carried().orElseThrow();
    Map<String, CarriedFolder> folders = new HashMap<>();
    carried
        .folders()
        .forEach((hash, folder) -> {
          Map<String, byte[]> files = folder.bytes();
          files.computeIfPresent(
              "persons/holder.json", (_, text) -> replaced(text, "Hanako", "Taro"));
          folders.put(hash, CarriedFolder.of(files));
        });
    Map<String, CarriedFolder> renamed = new HashMap<>();
    folders.values().forEach(folder -> renamed.put(folder.hash(), folder));

    assertRefused(carrying(receipt, new Carried(folders, carried.texts())), Step.GROUNDS);
    assertRefused(carrying(receipt, new Carried(renamed, carried.texts())), Step.GROUNDS);
  }

  private static byte[] replaced(byte[] text, String old, String next) {
    return new String(text, java.nio.charset.StandardCharsets.UTF_8)
        .replace(old, next)
        .getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  private static void assertRefused(Receipt receipt, Step step) {
    assertThat(verify(receipt, TRUST))
        .isInstanceOfSatisfying(
            Verification.Refused.class, refused -> assertThat(refused.step()).isEqualTo(step));
  }

  @Test
  void refusesADocumentThatNoEntryNames() throws Exception {
    Receipt receipt = gateway.receipt();
    Carried more = new Carried(Map.of(), Map.of(Carried.hash("more"), "more"));

    assertRefused(
        carrying(receipt, receipt.documents().carried().orElseThrow().and(more)), Step.GROUNDS);
  }

  @Test
  void refusesFactsThatAreNotTheRegisters() throws Exception {
    gateway.decidedBy =
        facts ->
            facts.assured(
                new Assurances(Set.of(Certification.ISMAP, Certification.FISC), true, true));
    refusedAt(Step.REGISTER, "not the register's: certifications");
  }

  @Test
  void refusesAnotherControlThanTheRegisterGives() throws Exception {
    gateway.registered.computeIfPresent(
        "persons/holder.json", (_, text) -> text.replace("\"JP\"", "\"US\""));
    gateway.decidedBy =
        facts ->
            new dejima.residency.Destination.SiteFacts(
                facts.id(),
                facts.operator(),
                facts.declaredCountry(),
                Control.DOMESTIC,
                facts.evidence(),
                facts.sku(),
                facts.assurances(),
                facts.locationMinutes(),
                facts.modelVerified());
    refusedAt(Step.REGISTER, "control");
  }

  @Test
  void refusesFactsThatHadExpired() throws Exception {
    gateway.registered.put(
        "sites/s.json", RegisterFiles.site(gateway.pin(), ConstructedSite.CHIP, "2026-11-20"));
    gateway.decidedBy =
        facts -> facts.assured(new Assurances(Set.of(Certification.ISMAP), true, true));
    refusedAt(Step.REGISTER, "certifications");
  }

  @Test
  void refusesAStatementThatSaysSomethingElse() throws Exception {
    gateway.stated =
        said ->
            new SiteDeclaration(
                said.site(), said.operator(), "US", said.control(), said.sku(), said.issued());
    refusedAt(Step.STATEMENT, "something else");
  }

  @Test
  void refusesAStatementOfLongAgo() throws Exception {
    gateway.stated =
        said ->
            new SiteDeclaration(
                said.site(),
                said.operator(),
                said.country(),
                said.control(),
                said.sku(),
                said.issued() - Duration.ofDays(91).toMillis());
    refusedAt(Step.STATEMENT, "90 days");
  }

  @Test
  void refusesQuotesForAnotherKey() throws Exception {
    gateway.quoted = ClaimedSite.p256();
    refusedAt(Step.ATTESTATION, "does not bind");
  }

  @Test
  void refusesAStaleNonceWhateverTheRecordSaysOfItsTime() throws Exception {
    gateway.nonceSeen = ClaimedSite.NOW.minus(Duration.ofHours(25));
    refusedAt(Step.ATTESTATION, "no nonce was given in the last day");
  }

  @Test
  void saysThatFreshnessIsNotProvedWhereWitnessesDidNotSeeTheNonce() throws Exception {
    gateway.witnessed = false;

    Verification.Verified found = genuine(gateway.receipt(), TRUST);

    assertThat(codes(found.notProved())).contains("nonce-fresh");
    assertThat(codes(found.proved())).contains("attestation").doesNotContain("nonce-fresh");
  }

  @Test
  void refusesAMirrorThatTwoPeopleDidNotSign() throws Exception {
    gateway.mirrorSigners = List.of(ClaimedSite.SATO, ClaimedSite.SATO_TOO);
    refusedAt(Step.ATTESTATION, "mirror of reference values is not in force");
  }

  @Test
  void refusesHardwareThatIsNotRegistered() throws Exception {
    gateway.registered.put(
        "sites/s.json", RegisterFiles.site(gateway.pin(), "08".repeat(64), "2027-09-30"));
    refusedAt(Step.ATTESTATION, "register does not name its id");
  }

  @Test
  void refusesALevelWhoseSecondMeasurementIsLeftOut() throws Exception {
    gateway.bothMeasurements = false;
    refusedAt(Step.LOCATION, "not proved");
  }

  @Test
  void refusesAPlaceThatAMeasurementDoesNotProve() throws Exception {
    gateway.secondMillis = 9;
    refusedAt(Step.LOCATION, "not proved");
  }

  @Test
  void refusesTreeHeadsOfALogThatTheReaderDoesNotKnow() throws Exception {
    Receipt receipt = gateway.receipt();
    EvidenceTrust stranger =
        new EvidenceTrust(
            new VerificationKeys(List.of(ClaimedSite.SATO.key()), List.of(), new Quorum.None()),
            TRUST.landmarks(),
            TRUST.approvers());

    assertThat(verify(receipt, stranger)).isInstanceOf(Verification.Refused.class);
  }

  @Test
  void refusesTheApprovalOfPeopleWhomTheReaderDoesNotTrust() throws Exception {
    TrustedApprovers others =
        new TrustedApprovers(
            new Approvers(List.of()),
            new Approvers(
                List.of(
                    new Approvers.Approver("Sato", ClaimedSite.SATO.key()),
                    new Approvers.Approver("Suzuki", ClaimedSite.SATO_TOO.key()))));
    EvidenceTrust trust = new EvidenceTrust(TRUST.keys(), TRUST.landmarks(), Optional.of(others));

    assertThat(verify(gateway.receipt(), trust))
        .isInstanceOfSatisfying(
            Verification.Refused.class,
            refused -> assertThat(refused.step()).isEqualTo(Step.REGISTER));
  }
}
