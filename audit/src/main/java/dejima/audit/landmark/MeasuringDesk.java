package dejima.audit.landmark;

import dejima.evidence.Json;
import dejima.evidence.Reading;
import dejima.evidence.Signer;
import dejima.location.Challenger;
import dejima.location.LandmarkStatement;
import dejima.location.MeasuredAnswer;
import dejima.location.MeasurementRequest;
import dejima.location.P256;
import dejima.location.SessionKey;
import dejima.location.Transcript;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// Takes signed requests of known gateways, measures, and signs what was measured.
final class MeasuringDesk {
  /// How old or how far ahead a request may be.
  private static final Duration FRESH = Duration.ofMinutes(2);

  /// Measurements that disturb each other seem longer, so only a few run at once.
  private static final int AT_ONCE = 4;

  private final LandmarkSettings settings;
  private final Signer signer;
  private final KeyPair agreement;
  private final Challenger challenger;
  private final InstantSource clock;
  private final LandmarkStatement.Signed statement;
  private final RequestBook book;
  private final Semaphore running = new Semaphore(AT_ONCE);

  /// What came of a request.
  sealed interface Answer {
    /// A transcript.
    record Measured(MeasuredAnswer answer) implements Answer {}

    /// None.
    record No(Refused why) implements Answer {}
  }

  MeasuringDesk(
      LandmarkSettings settings,
      Signer signer,
      KeyPair agreement,
      Challenger challenger,
      InstantSource clock) {
    this.settings = settings;
    this.signer = signer;
    this.agreement = agreement;
    this.challenger = challenger;
    this.clock = clock;
    this.book = new RequestBook(clock, FRESH.multipliedBy(2));
    this.statement =
        new LandmarkStatement(
                signer.keyName(),
                settings.person(),
                settings.place(),
                agreement.getPublic(),
                clock.millis())
            .sign(signer);
  }

  /// What the landmark states of itself.
  LandmarkStatement.Signed statement() {
    return statement;
  }

  /// Measures, if it may; blocks until that is done.
  Answer measure(byte[] body) {
    Reading<MeasurementRequest.Signed> reading =
        Json.read(body).then(MeasurementRequest.Signed::of);
    return switch (reading) {
      case Reading.Unreadable<MeasurementRequest.Signed>(String reason) -> no(400, reason);
      case Reading.Read<MeasurementRequest.Signed>(MeasurementRequest.Signed signed) ->
          refusal(signed).<Answer>map(Answer.No::new).orElseGet(() -> alone(signed.request()));
    };
  }

  /// The pin is looked up before anything is verified: strangers cost little.
  private Optional<Refused> refusal(MeasurementRequest.Signed signed) {
    String pin = signed.gatewayKey().pin();
    MeasurementRequest request = signed.request();
    Instant issued = Instant.ofEpochMilli(request.issued());
    Duration age = Duration.between(issued, clock.instant()).abs();
    if (!settings.gateways().contains(pin)) {
      return refused(403, "this landmark does not know the gateway " + pin);
    }
    if (!signed.isSigned()) {
      return refused(403, "the gateway's signature does not hold");
    }
    if (!request.landmark().equals(signer.keyName())) {
      return refused(409, "the request is for the landmark " + request.landmark());
    }
    if (age.compareTo(FRESH) > 0) {
      return refused(409, "the request's time differs by more than two minutes; check both clocks");
    }
    return book.enter(pin, request.measurement());
  }

  private Answer alone(MeasurementRequest request) {
    if (!running.tryAcquire()) {
      return no(429, "the landmark measures as much as it can; try again in a second");
    }
    try {
      return measured(request);
    } finally {
      running.release();
    }
  }

  private Answer measured(MeasurementRequest request) {
    InetSocketAddress site = new InetSocketAddress(request.host(), request.port());
    if (site.isUnresolved() || isEverybody(site.getAddress())) {
      return no(400, "the site's address cannot be measured");
    }
    SessionKey key =
        SessionKey.derive(
            P256.agree(agreement.getPrivate(), request.siteKey().key()),
            request.tls(),
            request.landmark(),
            request.site(),
            request.measurement());
    long started = clock.millis();
    try {
      return switch (challenger.measure(site, request.measurement(), key)) {
        case Challenger.Measured.Answered answered -> signed(request, started, answered);
        case Challenger.Measured.Silent _ ->
            no(502, "the site did not answer: is its location port open to this landmark?");
      };
    } catch (IOException failed) {
      return no(502, "the site cannot be reached: " + failed.getMessage());
    }
  }

  private Answer signed(
      MeasurementRequest request, long started, Challenger.Measured.Answered answered) {
    Transcript transcript =
        new Transcript(
            request.measurement(),
            signer.keyName(),
            settings.person(),
            settings.place(),
            request.site(),
            request.siteKey().pin(),
            request.tls(),
            started,
            answered.lost(),
            answered.refused(),
            answered.roundTrips());
    return new Answer.Measured(new MeasuredAnswer(transcript, transcript.sign(signer)));
  }

  private static boolean isEverybody(InetAddress address) {
    return address.isAnyLocalAddress() || address.isMulticastAddress();
  }

  private static Optional<Refused> refused(int status, String reason) {
    return Optional.of(new Refused(status, reason));
  }

  private static Answer no(int status, String reason) {
    return new Answer.No(new Refused(status, reason));
  }
}
