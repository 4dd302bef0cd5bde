package dejima.server.attestation;

import dejima.attestation.HeadNonce;
import dejima.attestation.Mirror;
import dejima.attestation.Offer;
import dejima.attestation.SiteAttestation;
import dejima.attestation.SiteAttestation.Attested;
import dejima.attestation.SiteAttestation.Hardware;
import dejima.attestation.SiteAttestation.Unattested;
import dejima.evidence.Approvers;
import dejima.evidence.Approvers.Verdict;
import dejima.evidence.Carried;
import dejima.evidence.Json;
import dejima.evidence.Kind;
import dejima.evidence.Reading;
import dejima.gateway.GroundEntry;
import dejima.gateway.SiteState;
import dejima.register.Register;
import dejima.register.RegisteredSite;
import dejima.residency.SiteGrounds.Source;
import dejima.server.SteadyClock;
import dejima.server.records.NodeRecords;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes what sites offer as attestation: judges it, records what is new, keeps it whole, and lets
/// the site's grounds follow.
///
/// Verified on constructed quotes only; no hardware has been at hand.
public final class AttestationDesk {
  private static final Logger LOG = LoggerFactory.getLogger(AttestationDesk.class);
  private static final int SECONDS_TO_RECORD = 10;

  private final Path mirror;
  private final Approvers approvers;
  private final NodeRecords records;
  private final Function<String, Registered> register;
  private final InstantSource wall;
  private final InstantSource steady;
  private final AttestationArchive archive;
  private final NonceSeries nonces;
  private final Map<String, Judged> recorded = new ConcurrentHashMap<>();
  private final Map<String, String> told = new ConcurrentHashMap<>();
  private final Map<String, Sealable> sealable = new ConcurrentHashMap<>();

  /// What the register says of a site, as far as attestation needs it.
  ///
  /// @param hardware the ids of its processors
  /// @param domesticKeys whether its keys are kept in Japan by somebody whom no foreign law
  ///   reaches; without that, nothing is known of whom the sealing key is released to (E4)
  public record Registered(Hardware hardware, boolean domesticKeys) {
    /// Nothing is registered.
    public static final Registered NOTHING =
        new Registered(new Hardware(Set.of(), Set.of(), Set.of()), false);

    /// What a version of the register says at that moment.
    public static Registered of(Register register, String site, Instant now) {
      return register.site(site).map(found -> of(register, found, now)).orElse(NOTHING);
    }

    private static Registered of(Register register, RegisteredSite site, Instant now) {
      Optional<RegisteredSite.Hardware> ids = site.hardware().flatMap(fact -> fact.at(now));
      return new Registered(
          ids.map(known -> new Hardware(known.amd(), known.intel(), known.nvidia()))
              .orElse(NOTHING.hardware()),
          register.keepsKeysAtHome(site, now));
    }
  }

  /// What a site offered, and what it was judged by.
  ///
  /// @param offered the body of its answer
  /// @param shown the key with which it answered
  /// @param mirror the reference values
  private record Heard(String offered, PublicKey shown, Mirror mirror) {}

  /// The offer that was recorded last.
  ///
  /// @param mark hash of offer and verdict's gist
  private record Judged(String mark, GroundEntry entry) {}

  /// What bears a site's sealing key, for whoever wants to judge it himself.
  ///
  /// @param siteKey base64 of the SubjectPublicKeyInfo under which the site offered it
  /// @param nonce the nonce that it binds, hexadecimal
  /// @param nonceGiven when that was given
  /// @param offer base64 of what the site's agent answered
  /// @param until when it ends by the wall clock
  public record Sealable(
      String siteKey, String nonce, String nonceGiven, String offer, Instant until) {}

  /// @param mirror directory of reference values and collateral
  /// @param approvers two of whom must have signed it
  /// @param archive keeps what receipts carry of sites that were attested
  /// @param register what the register says of a site now
  /// @param wall by which certificates and collateral end
  /// @param steady by which grounds end
  /// @param heads the newest tree head of the log to make nonces of
  public AttestationDesk(
      Path mirror,
      Approvers approvers,
      AttestationArchive archive,
      NodeRecords records,
      Function<String, Registered> register,
      InstantSource wall,
      InstantSource steady,
      Supplier<HeadNonce> heads) {
    this.mirror = mirror;
    this.approvers = approvers;
    this.archive = archive;
    this.records = records;
    this.register = register;
    this.wall = wall;
    this.steady = steady;
    this.nonces = new NonceSeries(heads);
  }

  /// The nonce to ask a site with now, in hexadecimal.
  public String nonce(String site) {
    return HexFormat.of().formatHex(nonces.of(site, wall.instant()));
  }

  /// Judges what a site answered under the key that carries its traffic.
  ///
  /// @param offered the body of its answer
  /// @return whether it is attested
  public synchronized boolean hear(SiteState site, byte[] offered, PublicKey shown) {
    return switch (mirror()) {
      case Reading.Unreadable<Mirror>(String reason) -> ungrounded(site, List.of(reason));
      case Reading.Read<Mirror>(Mirror values) -> hear(site, offered, shown, values);
    };
  }

  private boolean hear(SiteState site, byte[] offered, PublicKey shown, Mirror values) {
    return switch (judge(site.id(), offered, shown, values)) {
      case Attested attested -> {
        ground(
            site, new Heard(new String(offered, StandardCharsets.UTF_8), shown, values), attested);
        keepSealable(site.id(), offered, shown, attested);
        yield true;
      }
      case Unattested(List<String> reasons) -> ungrounded(site, reasons);
    };
  }

  /// The evidence of the key to which prompts for a site can be sealed now.
  public Optional<Sealable> sealable(String site) {
    return Optional.ofNullable(sealable.get(site))
        .filter(evidence -> wall.instant().isBefore(evidence.until()));
  }

  private void keepSealable(String site, byte[] offered, PublicKey shown, Attested attested) {
    attested
        .sealedUntil()
        .ifPresentOrElse(
            until ->
                sealable.put(
                    site,
                    new Sealable(
                        Base64.getEncoder().encodeToString(shown.getEncoded()),
                        attested.nonce().hexadecimal(),
                        attested.nonce().given().toString(),
                        Base64.getEncoder().encodeToString(offered),
                        until)),
            () -> sealable.remove(site));
  }

  /// The site did not answer, or has nothing to offer; what it showed before ends by itself.
  public void unheard(SiteState site, String reason) {
    tell(site.id(), "unheard: " + reason, "offers no attestation: " + reason);
  }

  private Reading<Mirror> mirror() {
    return Mirror.load(mirror)
        .then(values ->
            switch (values.judge(approvers)) {
              case Verdict.Lacking(String reason) ->
                  new Reading.Unreadable<>(
                      "the mirror of reference values is not in force: " + reason);
              case Verdict.Approved _ -> new Reading.Read<>(values);
            });
  }

  private SiteAttestation judge(String site, byte[] offered, PublicKey shown, Mirror values) {
    return switch (Offer.read(offered)) {
      case Reading.Unreadable<Offer>(String reason) -> new Unattested(List.of(reason));
      case Reading.Read<Offer>(Offer offer) ->
          SiteAttestation.judge(
              offer,
              shown.getEncoded(),
              nonces.recent(site, wall.instant()),
              register.apply(site).hardware(),
              values,
              wall.instant());
    };
  }

  /// @return false
  private boolean ungrounded(SiteState site, List<String> reasons) {
    tell(site.id(), "unattested: " + reasons, "is not attested: " + String.join("; ", reasons));
    sealable.remove(site.id());
    site.ground(
        Source.ATTESTATION,
        grounds -> grounds.attested(Optional.empty()).sealed(Optional.empty()),
        List.of());
    return false;
  }

  private void tell(String site, String mark, String text) {
    if (!mark.equals(told.put(site, mark))) {
      LOG.info("site {} {}", site, text);
    }
  }

  /// An offer that stays as it was is one entry, however often the site fell silent meanwhile.
  private void ground(SiteState site, Heard heard, Attested attested) {
    String mark = Carried.hash(heard.offered()) + attested.claims().canonicalText();
    Judged known = recorded.get(site.id());
    if (known == null || !known.mark().equals(mark)) {
      archive.keep(heard.offered(), heard.mirror(), nonces.recent(wall.instant()));
      GroundEntry entry =
          records
              .appendGround(Kind.ATTESTATION, facts(site, heard, attested))
              .orTimeout(SECONDS_TO_RECORD, TimeUnit.SECONDS)
              .join();
      known = new Judged(mark, entry);
      recorded.put(site.id(), known);
    }
    tell(site.id(), "attested: " + mark, "is attested until " + attested.until());
    site.ground(
        Source.ATTESTATION,
        grounds ->
            grounds
                .attested(Optional.of(steadily(attested.until())))
                .sealed(
                    attested
                        .sealedUntil()
                        .filter(_ -> register.apply(site.id()).domesticKeys())
                        .map(this::steadily)),
        List.of(known.entry()));
  }

  private static Json.Obj facts(SiteState site, Heard heard, Attested attested) {
    return Json.object()
        .put("site", site.id())
        .put("pin", site.pin())
        .put("key", Base64.getEncoder().encodeToString(heard.shown().getEncoded()))
        .put("evidence", Carried.hash(heard.offered()))
        .put("verdict", "genuine")
        .put("claims", attested.claims())
        .build();
  }

  private Instant steadily(Instant end) {
    return SteadyClock.carried(end, wall.instant(), steady.instant());
  }
}
