package dejima.bench.checking;

import dejima.evidence.Json;
import dejima.evidence.Signer;
import dejima.evidence.StrictBase64;
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
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// A made-up measurement of a site in Osaka by a landmark in Sakai, signed by both with keys of
/// their own, as the log would hold it.
///
/// @param entry what the log's entry says
/// @param trusted the landmark
record ExampleMeasurement(Json.Obj entry, Landmarks trusted) {
  private static final String SITE = "bench-osaka";
  private static final String LANDMARK = "sakai.landmark.invalid";
  private static final Place OSAKA = new Place(34.694, 135.502);
  private static final Place SAKAI = new Place(34.573, 135.483);
  private static final LegalPerson PERSON = new LegalPerson("Bench University");
  private static final int SEED_BYTES = 32;
  private static final int ROUNDS = 24;
  private static final long SHORTEST_NANOS = 2_000_000;

  static ExampleMeasurement make(Instant now, RandomGenerator random) {
    byte[] seed = new byte[SEED_BYTES];
    random.nextBytes(seed);
    Signer landmark = Signer.ed25519(LANDMARK, seed);
    var trusted = new Landmarks(List.of(new Landmark(landmark.key(), PERSON, SAKAI)));
    KeyPair site = site();
    Transcript transcript = transcript(site, now, random);
    String signature = transcript.sign(landmark);
    var proof =
        new LocationProof(
            transcript,
            signature,
            new SiteKey(site.getPublic()),
            countersignature(site, transcript.countersigned(signature)));
    return new ExampleMeasurement(LocationEntry.of(SITE, OSAKA, proof, trusted).json(), trusted);
  }

  private static Transcript transcript(KeyPair site, Instant now, RandomGenerator random) {
    return new Transcript(
        MeasurementId.fresh(random),
        LANDMARK,
        PERSON,
        SAKAI,
        SITE,
        new SiteKey(site.getPublic()).pin(),
        new TlsBinding(StrictBase64.text(new byte[SEED_BYTES])),
        now.toEpochMilli(),
        0,
        0,
        IntStream.range(0, ROUNDS)
            .mapToObj(i -> new RoundTrip(SHORTEST_NANOS + random.nextInt(100_000)))
            .toList());
  }

  private static KeyPair site() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every JDK has P-256", missing);
    }
  }

  private static String countersignature(KeyPair site, byte[] text) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(site.getPrivate());
      signature.update(text);
      return StrictBase64.text(signature.sign());
    } catch (GeneralSecurityException failed) {
      throw new IllegalStateException("every JDK signs with P-256", failed);
    }
  }
}
