package dejima.location;

import dejima.evidence.EcdsaP256;
import dejima.evidence.NoteSecret;
import dejima.evidence.Signer;
import dejima.evidence.StrictBase64;
import dejima.location.Landmarks.Landmark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;

/// A site in Osaka, landmarks, and measurements between them: over real sockets, or made up and
/// signed with the right keys.
final class World {
  static final Place OSAKA = new Place(34.694, 135.502);
  static final Place SAKAI = new Place(34.573, 135.483);
  static final Place TOKYO = new Place(35.681, 139.767);
  static final Instant NOON = Instant.parse("2026-11-21T03:00:00Z");
  static final String SITE = "sakura-osaka";
  static final TlsBinding TLS = new TlsBinding(StrictBase64.text(new byte[32]));
  static final Affiliates NOBODY = new Affiliates(List.of());
  static final SecureRandom RANDOM = new SecureRandom();

  final KeyPair site = P256.keyPair(RANDOM);
  final Host first = new Host("osaka-1.landmark.example", "第一計測株式会社", OSAKA);
  final Host second = new Host("osaka-2.landmark.example", "Second University", SAKAI);

  /// One landmark with its keys.
  static final class Host {
    final Signer signer;
    final LegalPerson person;
    final Place place;
    final KeyPair agreement = P256.keyPair(RANDOM);

    Host(String id, String person, Place place) {
      this.signer = Signer.ed25519(NoteSecret.generate(id, RANDOM));
      this.person = new LegalPerson(person);
      this.place = place;
    }

    String id() {
      return signer.keyName();
    }

    Landmark trusted() {
      return new Landmark(signer.key(), person, place);
    }
  }

  Landmarks trusted() {
    return new Landmarks(List.of(first.trusted(), second.trusted()));
  }

  String pin() {
    return new SiteKey(site.getPublic()).pin();
  }

  SessionKey siteKey(Host landmark, TlsBinding tls, MeasurementId id) {
    byte[] shared = P256.agree(site.getPrivate(), landmark.agreement.getPublic());
    return SessionKey.derive(shared, tls, landmark.id(), SITE, id);
  }

  SessionKey landmarkKey(Host landmark, MeasurementId id) {
    byte[] shared = P256.agree(landmark.agreement.getPrivate(), site.getPublic());
    return SessionKey.derive(shared, TLS, landmark.id(), SITE, id);
  }

  /// Measures over sockets, through a way that takes so long.
  Challenger.Measured measure(Host landmark, Duration roundTrip, SlowWay.Habit habit) {
    MeasurementId id = MeasurementId.fresh(RANDOM);
    try (Responder responder = Responder.at(anyPort(), System::nanoTime);
        SlowWay way = SlowWay.to(responder.port(), roundTrip, habit)) {
      responder.open(id, siteKey(landmark, TLS, id));
      return challenger().measure(way.address(), id, landmarkKey(landmark, id));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  static Challenger challenger() {
    return new Challenger(
        new Challenger.Settings(24, Duration.ofMillis(100), 3, 256), RANDOM, System::nanoTime);
  }

  static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /// A transcript of rounds that all took the same time.
  Transcript transcript(Host landmark, Instant started, double millis) {
    return transcript(
        landmark,
        started,
        LongStream.generate(() -> (long) (millis * 1e6))
            .limit(24)
            .mapToObj(RoundTrip::new)
            .toList());
  }

  Transcript transcript(Host landmark, Instant started, List<RoundTrip> roundTrips) {
    return new Transcript(
        MeasurementId.fresh(RANDOM),
        landmark.id(),
        landmark.person,
        landmark.place,
        SITE,
        pin(),
        TLS,
        started.toEpochMilli(),
        0,
        0,
        roundTrips);
  }

  LocationProof signed(Host landmark, Transcript transcript) {
    String signature = transcript.sign(landmark.signer);
    return new LocationProof(
        transcript,
        signature,
        new SiteKey(site.getPublic()),
        countersign(transcript.countersigned(signature)));
  }

  String countersign(byte[] text) {
    return StrictBase64.text(EcdsaP256.sign(site.getPrivate(), text));
  }

  LocationEntry entry(Host landmark, Instant started, double millis) {
    return LocationEntry.of(
        SITE, OSAKA, signed(landmark, transcript(landmark, started, millis)), trusted());
  }

  SiteProof judge(List<LocationEntry> entries) {
    return SiteProof.judge(SITE, pin(), OSAKA, entries, trusted(), NOBODY, NOON);
  }
}
