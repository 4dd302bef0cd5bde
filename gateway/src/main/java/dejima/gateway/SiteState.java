package dejima.gateway;

import dejima.evidence.Json;
import dejima.residency.Destination.SiteFacts;
import dejima.residency.LocalText;
import dejima.residency.RequestKind;
import dejima.residency.SiteGrounds;
import dejima.residency.SiteGrounds.Source;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

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
  private volatile String pin;
  private final InstantSource steady;
  private final CircuitBreaker breaker = new CircuitBreaker();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final Map<Source, List<GroundEntry>> entries = new EnumMap<>(Source.class);
  private volatile Grounded grounded = new Grounded(SiteGrounds.NONE, List.of());
  private volatile Graded graded;
  private volatile Optional<SiteReport> report = Optional.empty();
  private volatile SiteStanding standing = new SiteStanding.Unheard();
  private volatile boolean reachable;
  private volatile double firstByteNanos;

  /// What is established about the site, and the entries that record it.
  ///
  /// @param grounds what is established, each until a moment
  /// @param entries where that is recorded
  public record Grounded(SiteGrounds grounds, List<GroundEntry> entries) {
    /// Copies the list.
    public Grounded {
      entries = List.copyOf(entries);
    }
  }

  /// The facts on record together with what the grounds make of them, as long as that holds.
  private record Graded(
      Grounded by, SiteFacts onRecord, SiteFacts now, SiteFacts verified, Instant until) {
    boolean holds(Grounded grounded, SiteFacts facts, Instant now) {
      return by.equals(grounded) && onRecord.equals(facts) && now.isBefore(until);
    }
  }

  /// A site that nothing is known of but its facts and the pin of its key.
  ///
  /// @param steady a clock that never jumps, by which grounds end
  public SiteState(SiteFacts facts, String pin, InstantSource steady) {
    this.configured = facts;
    this.pin = pin;
    this.steady = steady;
    this.graded = graded(facts);
  }

  /// Its id.
  public String id() {
    return configured.id();
  }

  /// The pin of the key with which it answers, `sha256/…`.
  public String pin() {
    return pin;
  }

  /// It answers with another key from now on. What was established was so of the key before, and
  /// has to be established anew.
  public synchronized void follow(String next) {
    if (!pin.equals(next)) {
      pin = next;
      ground(Source.REGISTER, grounds -> grounds.attributed(Optional.empty()), List.of());
      ground(Source.LOCATION, grounds -> grounds.measured(Optional.empty()), List.of());
      ground(
          Source.ATTESTATION,
          grounds -> grounds.attested(Optional.empty()).sealed(Optional.empty()),
          List.of());
    }
  }

  /// What the configuration says of it.
  public SiteFacts configured() {
    return configured;
  }

  /// What policy knows of it now.
  public SiteFacts facts() {
    return facts(graded.onRecord, false);
  }

  /// What policy knows of it now, given what is on record of it.
  ///
  /// @param onRecord its facts on the [FactSheet]
  /// @param verified whether it reports a registered digest of the model that is asked for
  SiteFacts facts(SiteFacts onRecord, boolean verified) {
    Graded known = graded;
    if (!known.holds(grounded, onRecord, steady.instant())) {
      known = graded(onRecord);
      graded = known;
    }
    return verified ? known.verified : known.now;
  }

  private Graded graded(SiteFacts onRecord) {
    Instant now = steady.instant();
    Grounded by = grounded;
    SiteGrounds grounds = by.grounds();
    SiteFacts facts = onRecord.at(grounds.levelAt(now)).locatedBefore(grounds.locationMinutes(now));
    return new Graded(by, onRecord, facts, facts.serving(true), grounds.nextChange(now));
  }

  /// What is established about it.
  public Grounded grounded() {
    return grounded;
  }

  /// One source has established something anew, or found that it no longer holds; what policy knows
  /// follows at once.
  ///
  /// @param source who says so
  /// @param change makes the grounds that hold from now on
  /// @param recorded the entries that record what this source established
  public synchronized void ground(
      Source source, UnaryOperator<SiteGrounds> change, List<GroundEntry> recorded) {
    entries.put(source, List.copyOf(recorded));
    grounded =
        new Grounded(
            change.apply(grounded.grounds()),
            entries.values().stream().flatMap(List::stream).toList());
    graded = graded(graded.onRecord);
  }

  /// How its own statement stands to what is configured.
  public SiteStanding standing() {
    return standing;
  }

  /// Its newest statement was judged; what policy knows of it follows at once. What records an
  /// earlier one bears the site as long as it declares what is configured.
  public synchronized void judged(SiteStanding newest) {
    List<LocalText> against =
        switch (newest) {
          case SiteStanding.Unheard _, SiteStanding.Declared _, SiteStanding.Undeclared _ ->
              List.of();
          case SiteStanding.Contradicted(List<LocalText> differences) -> differences;
        };
    standing = newest;
    ground(
        Source.STATEMENT,
        grounds -> grounds.contradicted(Source.STATEMENT, against),
        newest instanceof SiteStanding.Declared
            ? entries.getOrDefault(Source.STATEMENT, List.of())
            : List.of());
  }

  /// Its statement, which declares what is configured, is on record.
  public void stated(GroundEntry recorded) {
    ground(Source.STATEMENT, grounds -> grounds, List.of(recorded));
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

  /// Whether the digest that it reports of a model is one of these.
  boolean reports(String model, Set<String> digests) {
    return !digests.isEmpty()
        && report
            .flatMap(said -> said.model(model))
            .map(ServedModel::digest)
            .filter(digests::contains)
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

  /// Where an attempt there goes, as its intent records it.
  ///
  /// @param decidedBy the facts that the decision went by
  /// @param pin the key that the attempt is for, and no other
  Json.Members json(SiteFacts decidedBy, String pin) {
    Json.Members at =
        Json.object()
            .put("id", decidedBy.id())
            .put("pin", pin)
            .put("operator", decidedBy.operator())
            .put("country", decidedBy.country().code())
            .put("control", decidedBy.control().word())
            .put("evidence", decidedBy.evidence().name());
    if (decidedBy.locationMinutes() < SiteFacts.NEVER_LOCATED) {
      at.put("locationMinutes", decidedBy.locationMinutes());
    }
    List<GroundEntry> recorded = grounded.entries();
    if (!recorded.isEmpty()) {
      at.put("grounds", Json.array(recorded.stream().map(GroundEntry::json).toList()));
    }
    return at;
  }
}
