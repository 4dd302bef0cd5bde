package dejima.server.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.attestation.HeadNonce;
import dejima.attestation.Mirror;
import dejima.attestation.Offer;
import dejima.attestation.SiteAttestation;
import dejima.attestation.SiteAttestation.Attested;
import dejima.attestation.SiteAttestation.Hardware;
import dejima.evidence.Approvers;
import dejima.evidence.Approvers.Approver;
import dejima.evidence.Attachments;
import dejima.evidence.Carried;
import dejima.evidence.CarriedFolder;
import dejima.evidence.Cosigner;
import dejima.evidence.EvidenceLog;
import dejima.evidence.Json;
import dejima.evidence.Kind;
import dejima.evidence.LogSettings;
import dejima.evidence.NoteSecret;
import dejima.evidence.Quorum;
import dejima.evidence.Receipt;
import dejima.evidence.ReceiptResult;
import dejima.evidence.RequestIds;
import dejima.evidence.SignatureType;
import dejima.evidence.Signer;
import dejima.evidence.SiteDeclaration;
import dejima.evidence.StrictBase64;
import dejima.evidence.TrustedApprovers;
import dejima.evidence.VerificationKeys;
import dejima.gateway.Attempt;
import dejima.gateway.Credential;
import dejima.gateway.Dialect;
import dejima.gateway.FinishReason;
import dejima.gateway.Gateway;
import dejima.gateway.GroundEntry;
import dejima.gateway.KeyHash;
import dejima.gateway.Limits;
import dejima.gateway.Outcome;
import dejima.gateway.Planning;
import dejima.gateway.Route;
import dejima.gateway.ServedModel;
import dejima.gateway.SiteReport;
import dejima.gateway.SiteSignature;
import dejima.gateway.SiteState;
import dejima.gateway.SiteTable;
import dejima.gateway.TenantSalt;
import dejima.gateway.UsageMeter;
import dejima.location.Landmarks;
import dejima.location.Landmarks.Landmark;
import dejima.location.LegalPerson;
import dejima.location.LocationEntry;
import dejima.location.LocationProof;
import dejima.location.MeasurementId;
import dejima.location.Place;
import dejima.location.RoundTrip;
import dejima.location.SiteKey;
import dejima.location.TlsBinding;
import dejima.location.Transcript;
import dejima.register.Attribution;
import dejima.register.Register;
import dejima.register.RegisterApproval;
import dejima.register.RegisterReading;
import dejima.residency.ActivePolicy;
import dejima.residency.Control;
import dejima.residency.Country;
import dejima.residency.Destination.SiteFacts;
import dejima.residency.EvidenceLevel;
import dejima.residency.LegalGrounds;
import dejima.residency.PolicyBundle;
import dejima.residency.RequestKind;
import dejima.residency.SiteGrounds;
import dejima.residency.SiteGrounds.Source;
import dejima.server.records.NodeRecords;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/// A gateway that says a site stands at level E3 and writes a receipt of it, honestly or not: each
/// piece of what it claims can be replaced before. Processors and vendors are made up; no hardware
/// has been at hand.
final class ClaimedSite implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-21T03:10:00Z");
  static final Signer SATO = Signer.ed25519("sato", seed(1));
  static final Signer TANAKA = Signer.ed25519("tanaka", seed(2));
  static final Signer SATO_TOO = Signer.ed25519("sato-too", seed(3));
  private static final Place OSAKA = new Place(34.694, 135.502);
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);
  private static final Random RANDOM = new Random(7);
  private static final Signer LOG = Signer.ed25519("log.example/claimed", seed(4));
  private static final Signer FIRST = Signer.ed25519("one.landmark.example", seed(5));
  private static final Signer SECOND = Signer.ed25519("two.landmark.example", seed(6));
  private static final Cosigner WITNESS =
      new Cosigner(
          NoteSecret.generate(
              "witness.example/w", SignatureType.COSIGNATURE_ED25519, new Random(8)));
  static final VerificationKeys KEYS =
      new VerificationKeys(
          List.of(LOG.key()), List.of(WITNESS.key()), new Quorum.Witness(WITNESS.key()));
  static final Landmarks LANDMARKS =
      new Landmarks(
          List.of(
              new Landmark(FIRST.key(), new LegalPerson("First K.K."), OSAKA),
              new Landmark(SECOND.key(), new LegalPerson("Second University"), OSAKA)));
  static final TrustedApprovers APPROVERS = approvers();

  private static final ConstructedSite MACHINE = machine();

  final KeyPair key = p256();
  private final EvidenceLog log = EvidenceLog.inMemory(LogSettings.of(LOG, CLOCK));
  private final RequestIds ids = new RequestIds(CLOCK, RANDOM);
  private final NodeRecords records = new NodeRecords(log, ids);
  private Carried carried = Carried.NONE;

  /// What the approvers sign, and what becomes of it afterwards.
  Map<String, String> registered = RegisterFiles.of(pin());

  List<Signer> registerSigners = List.of(SATO, TANAKA);
  UnaryOperator<Map<String, String>> afterSigning = files -> files;
  UnaryOperator<SiteFacts> decidedBy = facts -> facts;
  UnaryOperator<SiteDeclaration> stated = said -> said;
  List<Signer> mirrorSigners = List.of(SATO, TANAKA);
  KeyPair quoted = key;
  Instant nonceSeen = NOW.minusSeconds(600);
  boolean witnessed = true;
  boolean bothMeasurements = true;
  double secondMillis = 1.5;

  private static ConstructedSite machine() {
    try {
      return new ConstructedSite(NOW);
    } catch (Exception missing) {
      throw new IllegalStateException(missing);
    }
  }

  private static byte[] seed(int number) {
    byte[] seed = new byte[32];
    seed[0] = (byte) number;
    return seed;
  }

  private static TrustedApprovers approvers() {
    Approvers people =
        new Approvers(
            List.of(
                new Approver("Sato", SATO.key()),
                new Approver("Sato", SATO_TOO.key()),
                new Approver("Tanaka", TANAKA.key())));
    return new TrustedApprovers(people, people);
  }

  static KeyPair p256() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }

  String pin() {
    return new SiteKey(key.getPublic()).pin();
  }

  private static String noted(String text, List<Signer> signers) {
    var note = Approvers.sign(text, signers.getFirst());
    for (Signer more : signers.subList(1, signers.size())) {
      note = Approvers.addSignature(note, more).orThrow();
    }
    return note.noteText();
  }

  private GroundEntry record(Kind kind, Json.Obj facts) {
    return records.appendGround(kind, facts).join();
  }

  /// Records everything that is claimed, one request, and its outcome.
  Receipt receipt() throws Exception {
    SiteFacts configured =
        new SiteFacts(
            "s", "Example K.K.", Country.JAPAN, Control.DOMESTIC, EvidenceLevel.E0, "Standard");
    SiteState site = new SiteState(configured, pin(), CLOCK);
    SiteTable table = new SiteTable(List.of(site));
    Register register = register();
    SiteFacts facts =
        decidedBy.apply(Attribution.of(register, configured, Optional.empty(), pin(), NOW).facts());
    Map<String, Json> sheets = new HashMap<>();
    table.record(facts, sheet -> sheets.put(sheet.hash(), sheet.json()));
    Optional<Instant> later = Optional.of(NOW.plus(Duration.ofHours(1)));
    GroundEntry entry = record(Kind.REGISTER, Json.object().put("hash", register.hash()).build());
    site.ground(Source.REGISTER, grounds -> grounds.attributed(later), List.of(entry));
    site.ground(Source.STATEMENT, grounds -> grounds, List.of(statement()));
    site.ground(
        Source.LOCATION,
        grounds -> grounds.measured(later.map(end -> new SiteGrounds.Measured(NOW, end))),
        measurements());
    site.ground(Source.ATTESTATION, grounds -> grounds.attested(later), List.of(attestation()));
    site.reported(
        new SiteReport(
            "engine 1",
            List.of(new ServedModel("m", RegisterFiles.DIGEST, Set.of(RequestKind.CHAT))),
            4,
            false));
    return asked(table, register, sheets);
  }

  /// As the gateway carries it: what was signed, with what became of it.
  private Register register() {
    Map<String, String> signed = new HashMap<>(registered);
    signed.put(
        RegisterApproval.path(), noted(RegisterApproval.text(read(registered)), registerSigners));
    Map<String, String> files = afterSigning.apply(signed);
    Register register = read(files);
    carry(new Carried(Map.of(register.hash(), CarriedFolder.ofTexts(files)), Map.of()));
    return register;
  }

  private static Register read(Map<String, String> files) {
    return switch (Register.of(files)) {
      case RegisterReading.Loaded(Register register) -> register;
      case RegisterReading.Rejected(var mistakes) -> throw new AssertionError(mistakes.toString());
    };
  }

  private void carry(Carried more) {
    carried = carried.and(more);
  }

  private GroundEntry statement() throws GeneralSecurityException {
    SiteDeclaration said =
        stated.apply(
            new SiteDeclaration(
                "s",
                "Example K.K.",
                "JP",
                "domestic",
                "Standard",
                NOW.minusSeconds(60).toEpochMilli()));
    return record(
        Kind.SITE_STATEMENT,
        Json.object()
            .put("site", "s")
            .put("pin", pin())
            .put("standing", "declared")
            .put("fault", "")
            .put("statement", said.json())
            .put("signature", StrictBase64.text(signed(said.canonicalBytes())))
            .put("key", StrictBase64.text(key.getPublic().getEncoded()))
            .build());
  }

  private byte[] signed(byte[] text) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key.getPrivate());
    signature.update(text);
    return signature.sign();
  }

  private List<GroundEntry> measurements() throws GeneralSecurityException {
    GroundEntry first = measurement(FIRST, 2);
    GroundEntry second = measurement(SECOND, secondMillis);
    return bothMeasurements ? List.of(first, second) : List.of(first);
  }

  private GroundEntry measurement(Signer landmark, double millis) throws GeneralSecurityException {
    Transcript transcript =
        new Transcript(
            MeasurementId.fresh(RANDOM),
            landmark.keyName(),
            LANDMARKS.of(landmark.keyName()).orElseThrow().person(),
            OSAKA,
            "s",
            pin(),
            new TlsBinding(StrictBase64.text(new byte[32])),
            NOW.toEpochMilli(),
            0,
            0,
            LongStream.generate(() -> (long) (millis * 1e6))
                .limit(24)
                .mapToObj(RoundTrip::new)
                .toList());
    String signed = transcript.sign(landmark);
    LocationProof proof =
        new LocationProof(
            transcript,
            signed,
            new SiteKey(key.getPublic()),
            StrictBase64.text(signed(transcript.countersigned(signed))));
    return record(Kind.LOCATION, LocationEntry.of("s", OSAKA, proof, LANDMARKS).json());
  }

  /// Judged as the gateway says it judged: with the hardware that the machine has, and a nonce that
  /// was given just now.
  private GroundEntry attestation() throws Exception {
    var head = log.checkpoint();
    if (witnessed) {
      head = head.with(List.of(WITNESS.cosign(head, nonceSeen)));
    }
    HeadNonce seen = HeadNonce.of(head, RANDOM, nonceSeen);
    HeadNonce said = new HeadNonce(head, seen.salt(), NOW.minusSeconds(5));
    byte[] offer = MACHINE.offer(HexFormat.of().formatHex(seen.bytes("s")), quoted.getPublic());
    Map<String, byte[]> files = MACHINE.mirror();
    files.put(
        "signatures/approval.note",
        noted(Mirror.of(files).orThrow().approvalText(), mirrorSigners)
            .getBytes(StandardCharsets.UTF_8));
    Mirror mirror = Mirror.of(files).orThrow();
    SiteAttestation found =
        SiteAttestation.judge(
            Offer.read(offer).orThrow(),
            quoted.getPublic().getEncoded(),
            List.of(said.of("s")),
            new Hardware(Set.of(ConstructedSite.CHIP), Set.of(), Set.of(ConstructedSite.GPU)),
            mirror,
            NOW);
    assertThat(found).as(found.toString()).isInstanceOf(Attested.class);
    String text = new String(offer, StandardCharsets.UTF_8);
    carry(
        new Carried(
            Map.of(mirror.hash(), CarriedFolder.of(files)),
            Map.of(Carried.hash(text), text, seen.hash(), head.noteText())));
    return record(
        Kind.ATTESTATION,
        Json.object()
            .put("site", "s")
            .put("pin", pin())
            .put("key", Base64.getEncoder().encodeToString(key.getPublic().getEncoded()))
            .put("evidence", Carried.hash(text))
            .put("verdict", "genuine")
            .put("claims", ((Attested) found).claims())
            .build());
  }

  private Receipt asked(SiteTable table, Register register, Map<String, Json> sheets) {
    PolicyBundle policy = PolicyBundle.baseline();
    TenantSalt salt = new TenantSalt(new byte[32]);
    Credential credential =
        new Credential(
            "k",
            KeyHash.of("s"),
            "t",
            salt,
            "p",
            Optional.empty(),
            Limits.NONE,
            Optional.empty(),
            false);
    Planning planning =
        new Gateway(new ActivePolicy(policy), table, model -> register.model(model, NOW), ids::next)
            .plan(
                new Gateway.Request(
                    credential,
                    new Route.Inference(Dialect.OPENAI, RequestKind.CHAT, Optional.empty()),
                    Optional.of("confidentiality-3"),
                    LegalGrounds.NONE,
                    "{\"model\":\"m\",\"messages\":[]}".getBytes(StandardCharsets.UTF_8)));
    if (!(planning instanceof Planning.Planned(var plan))) {
      throw new AssertionError("refused: " + planning);
    }
    Attempt attempt = plan.next(0).orElseThrow();
    append(attempt.intent(), attempt::recorded);
    attempt.succeeded();
    append(
        plan.outcome(
            new Outcome(
                FinishReason.COMPLETE,
                200,
                StrictBase64.text(new byte[32]),
                new UsageMeter.Usage(1, 2, true),
                7,
                new SiteSignature.None())),
        _ -> {});
    var head = log.checkpoint();
    log.witnessed(head.with(List.of(WITNESS.cosign(head, NOW))));
    var intent = log.find(plan.record().id()).getFirst();
    var grounds =
        intent.body().object("site").orElseThrow().array("grounds").orElseThrow().stream()
            .map(named -> ((Json.Obj) named).string("id").orElseThrow())
            .flatMap(id -> log.find(id).stream())
            .toList();
    return ((ReceiptResult.Ready)
            log.receipt(
                plan.record().id(),
                salt.find(plan.record().id()).orElseThrow(),
                new Attachments(
                    policy.files(),
                    Objects.requireNonNull(
                        sheets.get(intent.body().string("siteFacts").orElseThrow())),
                    grounds,
                    carried)))
        .receipt();
  }

  private void append(dejima.evidence.Entry entry, Consumer<String> recorded) {
    log.append(
        entry,
        new EvidenceLog.Receiver() {
          @Override
          public void durable(dejima.evidence.Promise promise) {
            recorded.accept(promise.bodyHash());
          }

          @Override
          public void failed(dejima.evidence.AppendFailure failure) {
            throw new AssertionError(failure.getMessage());
          }
        });
  }

  @Override
  public void close() {
    log.close();
  }
}
