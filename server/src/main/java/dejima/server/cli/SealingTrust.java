package dejima.server.cli;

import dejima.attestation.Mirror;
import dejima.attestation.Offer;
import dejima.attestation.SealedPrompt;
import dejima.attestation.SiteAttestation;
import dejima.attestation.SiteAttestation.Attested;
import dejima.attestation.SiteAttestation.Nonce;
import dejima.attestation.SiteAttestation.Unattested;
import dejima.evidence.Approvers;
import dejima.evidence.Json;
import dejima.evidence.Reading;
import dejima.location.SiteKey;
import dejima.register.Register;
import dejima.register.RegisterApproval;
import dejima.register.RegisteredSite;
import dejima.server.attestation.AttestationDesk.Registered;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// What an asker trusts, by which he judges a site's sealing key himself: reference values and a
/// register on his own machine, each signed by two of the people whom he names. A gateway that
/// gives a key of its own cannot give evidence that these bear out.
///
/// @param mirror reference values of measurements, vendors' roots and lists
/// @param register which key and which processors are the site's, and who keeps the keys
record SealingTrust(Mirror mirror, Register register) {
  /// Trusts what two of these people have signed.
  ///
  /// @throws CommandFailed if they have not
  static SealingTrust of(Mirror mirror, Register register, Approvers approvers) {
    approved("mirror", mirror.judge(approvers));
    approved("register", RegisterApproval.judge(register, approvers));
    return new SealingTrust(mirror, register);
  }

  private static void approved(String what, Approvers.Verdict verdict) {
    switch (verdict) {
      case Approvers.Verdict.Approved _ -> {}
      case Approvers.Verdict.Lacking(String reason) ->
          throw new CommandFailed(
              "The " + what + " is not one to trust: " + reason + ". Nothing was sent.");
    }
  }

  /// The key that the evidence bears.
  ///
  /// @param row what the gateway gave
  /// @return 32 bytes, or why it bears none
  Reading<byte[]> key(Json.Obj row, Instant now) {
    return switch (SiteKey.parse(row.string("siteKey").orElse(""))) {
      case Reading.Unreadable<SiteKey>(String reason) -> new Reading.Unreadable<>(reason);
      case Reading.Read<SiteKey>(SiteKey siteKey) -> key(row, siteKey, now);
    };
  }

  private Reading<byte[]> key(Json.Obj row, SiteKey siteKey, Instant now) {
    String site = row.string("site").orElse("");
    Optional<String> registered =
        register.site(site).flatMap(RegisteredSite::pin).flatMap(fact -> fact.at(now));
    if (!registered.equals(Optional.of(siteKey.pin()))) {
      return new Reading.Unreadable<>("the key is not the one that the register names for " + site);
    }
    try {
      Nonce nonce =
          new Nonce(
              HexFormat.of().parseHex(row.string("nonce").orElse("")),
              Instant.parse(row.string("nonceGiven").orElse("")),
              Json.object().build());
      byte[] encoded = siteKey.key().getEncoded();
      return offered(row).then(offer -> judged(offer, encoded, nonce, site, now));
    } catch (IllegalArgumentException | DateTimeParseException malformed) {
      return new Reading.Unreadable<>("the gateway's evidence cannot be read");
    }
  }

  static Reading<Offer> offered(Json.Obj row) {
    try {
      return Offer.read(Base64.getDecoder().decode(row.string("offer").orElse("")));
    } catch (IllegalArgumentException malformed) {
      return new Reading.Unreadable<>("the gateway's evidence cannot be read");
    }
  }

  private Reading<byte[]> judged(
      Offer offer, byte[] siteKey, Nonce nonce, String site, Instant now) {
    Registered registered = Registered.of(register, site, now);
    if (!registered.domesticKeys()) {
      return new Reading.Unreadable<>(
          "the register does not say that its keys are kept in Japan by somebody whom no foreign"
              + " law reaches");
    }
    return switch (SiteAttestation.judge(
        offer, siteKey, List.of(nonce), registered.hardware(), mirror, now)) {
      case Unattested(List<String> reasons) -> new Reading.Unreadable<>(String.join("; ", reasons));
      case Attested attested when attested.sealedUntil().filter(now::isBefore).isEmpty() ->
          new Reading.Unreadable<>(
              "its image may send something out, or its evidence is older than two hours");
      case Attested _ ->
          offer
              .sealingKey()
              .<Reading<byte[]>>map(key -> new Reading.Read<>(key.copy()))
              .orElseGet(() -> new Reading.Unreadable<>("the evidence binds no sealing key"));
    };
  }

  /// The id by which people compare keys.
  static String id(byte[] key) {
    return SealedPrompt.keyId(key);
  }
}
