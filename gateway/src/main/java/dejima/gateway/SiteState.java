package dejima.gateway;

import dejima.residency.Destination.SiteFacts;
import dejima.residency.EvidenceLevel;
import dejima.residency.RequestKind;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// A site as the gateway sees it from moment to moment.
public final class SiteState {
  /// How a site stands, as people are shown it.
  public enum Health {
    /// It has not answered yet.
    UNKNOWN,
    /// It answers.
    UP,
    /// It does not answer.
    DOWN,
    /// It fails requests and is given a pause.
    OPEN
  }

  private static final double WEIGHT_OF_NEWEST = 0.2;

  private final SiteFacts configured;
  private final String pin;
  private final CircuitBreaker breaker = new CircuitBreaker();
  private final AtomicInteger inFlight = new AtomicInteger();
  private volatile Optional<SiteReport> report = Optional.empty();
  private volatile SiteFacts facts;
  private volatile SiteStanding standing = new SiteStanding.Unheard();
  private volatile boolean reachable;
  private volatile double firstByteNanos;

  /// A site that nothing is known of but its facts and the pin of its key.
  public SiteState(SiteFacts facts, String pin) {
    this.configured = facts;
    this.facts = facts;
    this.pin = pin;
  }

  /// The pin of its key, `sha256/…`.
  public String pin() {
    return pin;
  }

  /// What policy knows of it: what is configured, unless the site contradicts that.
  public SiteFacts facts() {
    return facts;
  }

  /// How its own statement stands to what is configured.
  public SiteStanding standing() {
    return standing;
  }

  /// Its newest statement was judged; what policy knows of it follows at once.
  public void judged(SiteStanding newest) {
    facts =
        switch (newest) {
          case SiteStanding.Unheard _, SiteStanding.Declared _, SiteStanding.Undeclared _ ->
              configured;
          case SiteStanding.Contradicted _ -> configured.at(EvidenceLevel.CONTRADICTED);
        };
    standing = newest;
  }

  /// Whether requests are kept away from it.
  public CircuitBreaker breaker() {
    return breaker;
  }

  /// What it last said, kept while it is away.
  public Optional<SiteReport> report() {
    return report;
  }

  /// Whether the site says that it serves a model for an operation; one that names no operations
  /// for it is believed to serve all.
  boolean serves(String model, RequestKind kind) {
    return report
        .flatMap(said -> said.model(model))
        .filter(served -> served.kinds().isEmpty() || served.kinds().contains(kind))
        .isPresent();
  }

  /// The site answered a status question.
  public void reported(SiteReport newest) {
    report = Optional.of(newest);
    reachable = true;
  }

  /// The site did not answer a status question.
  public void unreachable() {
    reachable = false;
  }

  /// How it stands now.
  public Health health() {
    if (breaker.isOpen()) {
      return Health.OPEN;
    }
    if (reachable) {
      return Health.UP;
    }
    return report.isPresent() ? Health.DOWN : Health.UNKNOWN;
  }

  /// Requests under way there.
  public int inFlight() {
    return inFlight.get();
  }

  /// A request goes there.
  void started() {
    inFlight.incrementAndGet();
  }

  /// A request that went there has ended.
  void ended() {
    inFlight.decrementAndGet();
  }

  /// The first byte of an answer came after this long.
  void answered(long nanos) {
    double before = firstByteNanos;
    firstByteNanos = before == 0 ? nanos : before + WEIGHT_OF_NEWEST * (nanos - before);
  }

  /// Smoothed time to the first byte, 0 before the first answer.
  public double firstByteNanos() {
    return firstByteNanos;
  }

  /// The lower the better: expected wait if one more request went there.
  double burden() {
    return (inFlight.get() + 1) * Math.max(1, firstByteNanos);
  }
}
