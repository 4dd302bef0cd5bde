package dejima.server.location;

import dejima.evidence.Json;
import dejima.gateway.GroundEntry;
import dejima.gateway.SiteState;
import dejima.location.Doubt;
import dejima.location.Landmarks;
import dejima.location.Landmarks.Landmark;
import dejima.location.LocationEntry;
import dejima.location.Place;
import dejima.location.SiteProof;
import dejima.location.SiteProof.Judged;
import dejima.location.Verdict;
import dejima.residency.LocalText;
import dejima.residency.SiteGrounds;
import dejima.residency.SiteGrounds.Source;
import dejima.server.config.LocationSettings.SiteLocation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// What landmarks have measured of one site lately, and what follows for its evidence level.
final class Located {
  private final SiteState site;
  private final SiteLocation where;
  private final Supplier<Registered> registered;
  private final Landmarks trusted;
  private final Duration validFor;
  private final List<Kept> kept = new ArrayList<>();
  private final Map<String, String> failures = new HashMap<>();

  /// A measurement and its entry in the log.
  private record Kept(Judged judged, GroundEntry recorded) {
    String landmark() {
      return judged.entry().proof().transcript().landmark();
    }
  }

  /// @param where as it is configured
  /// @param registered what the register says of the site now
  Located(
      SiteState site,
      SiteLocation where,
      Supplier<Registered> registered,
      Landmarks trusted,
      Duration validFor) {
    this.site = site;
    this.where = where;
    this.registered = registered;
    this.trusted = trusted;
    this.validFor = validFor;
  }

  SiteLocation where() {
    return where;
  }

  /// The place for which it is judged: the registered one, where one is in force.
  Place declared() {
    return registered.get().place().orElse(where.declared());
  }

  /// A measurement is on record.
  ///
  /// @param began by the clock that never jumps
  synchronized void measured(LocationEntry entry, Instant began, GroundEntry recorded) {
    Kept one = new Kept(new Judged(entry, entry.judge(trusted), began), recorded);
    failures.remove(one.landmark());
    kept.add(one);
  }

  /// A landmark could not measure.
  ///
  /// @return whether that is news
  synchronized boolean failed(String landmark, String reason) {
    return !reason.equals(failures.put(landmark, reason));
  }

  /// Lets the site's grounds follow what counts at a moment.
  synchronized void settle(Instant now) {
    kept.removeIf(one -> !one.judged.began().plus(validFor).isAfter(now));
    kept.removeIf(one -> !isOfKey(one.judged.entry()));
    switch (proof(now)) {
      case SiteProof.Proved(List<LocationEntry> entries, Instant at, Instant until) ->
          site.ground(
              Source.LOCATION,
              grounds ->
                  entries.stream().allMatch(this::isOfKey)
                      ? grounds
                          .measured(Optional.of(new SiteGrounds.Measured(at, until)))
                          .contradicted(Source.LOCATION, List.of())
                      : grounds,
              recorded(entries));
      case SiteProof.Contradicted(LocationEntry entry) ->
          site.ground(
              Source.LOCATION,
              grounds -> grounds.contradicted(Source.LOCATION, List.of(against(entry))),
              recorded(List.of(entry)));
      case SiteProof.Unproved _ -> unproved(now);
    }
  }

  /// What was proved before ends by itself, at its own time; unless it would not be proved any more
  /// by what is known now, such as another registered place, or a landmark's tie to the operator.
  private void unproved(Instant now) {
    SiteGrounds before = site.grounded().grounds();
    boolean withdrawn = before.measured().filter(proof -> now.isBefore(proof.until())).isPresent();
    if (withdrawn || before.contradictions().containsKey(Source.LOCATION)) {
      site.ground(
          Source.LOCATION,
          grounds ->
              (withdrawn ? grounds.measured(Optional.empty()) : grounds)
                  .contradicted(Source.LOCATION, List.of()),
          List.of());
    }
  }

  /// A measurement says something of the key that it was made under, and of no later one.
  private boolean isOfKey(LocationEntry entry) {
    return entry.proof().transcript().pin().equals(site.pin());
  }

  private SiteProof proof(Instant now) {
    Registered known = registered.get();
    Place declared = known.place().orElse(where.declared());
    return SiteProof.of(
        kept.stream()
            .map(Kept::judged)
            .filter(one -> one.entry().declared().equals(declared))
            .toList(),
        trusted,
        known.affiliates(),
        now,
        validFor);
  }

  private List<GroundEntry> recorded(List<LocationEntry> entries) {
    return entries.stream()
        .flatMap(entry -> kept.stream().filter(one -> one.judged.entry().equals(entry)))
        .map(Kept::recorded)
        .distinct()
        .toList();
  }

  private static LocalText against(LocationEntry entry) {
    String landmark = entry.proof().transcript().landmark();
    return new LocalText(
        "計測点 " + landmark + " への応答が、申告地からの光より速く届いた",
        "an answer reached the landmark "
            + landmark
            + " faster than light could have come from the declared place");
  }

  /// Where the site is said to be, what each landmark last saw, and what that proves.
  synchronized Json.Obj json(Instant now) {
    SiteProof proof = proof(now);
    return Json.object()
        .put("declared", declared().json())
        .put("proof", word(proof))
        .put("reason", reason(proof))
        .put("landmarks", Json.array(trusted.all().stream().map(one -> json(one, now)).toList()))
        .build();
  }

  private Json json(Landmark landmark, Instant now) {
    String id = landmark.key().name();
    Json.Members members = Json.object().put("id", id).put("person", landmark.person().name());
    members.putAll(landmark.place().json());
    Optional.ofNullable(failures.get(id)).ifPresent(reason -> members.put("failure", reason));
    kept.stream()
        .filter(one -> one.landmark().equals(id))
        .reduce((_, newer) -> newer)
        .ifPresent(one ->
            measured(
                members,
                one.judged,
                registered.get().affiliates().include(landmark.person()),
                now));
    return members.build();
  }

  /// @param own whether the landmark is of the site's own people, so that it proves nothing
  private static void measured(Json.Members members, Judged judged, boolean own, Instant now) {
    var shortest = judged.entry().proof().transcript().shortest();
    Verdict verdict =
        own && judged.verdict() instanceof Verdict.Proved
            ? new Verdict.Unproved(Doubt.AFFILIATED)
            : judged.verdict();
    members
        .put("verdict", verdict.word())
        .put("reason", reason(verdict))
        .put("roundTripMs", Json.of(Math.round(shortest.millis() * 1e3) / 1e3))
        .put("radiusKm", Json.of(Math.round(shortest.metres() / 100) / 10.0))
        .put("secondsAgo", Math.max(0, Duration.between(judged.began(), now).toSeconds()));
  }

  private static Json reason(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Proved _ -> text("", "");
      case Verdict.Unproved(var doubt) -> text(doubt.ja(), doubt.en());
      case Verdict.Contradicted _ -> text("応答が光より速い", "faster than light from the declared place");
    };
  }

  private static String word(SiteProof proof) {
    return switch (proof) {
      case SiteProof.Proved _ -> "PROVED";
      case SiteProof.Unproved _ -> "UNPROVED";
      case SiteProof.Contradicted _ -> "CONTRADICTED";
    };
  }

  private static Json reason(SiteProof proof) {
    return switch (proof) {
      case SiteProof.Proved _ -> text("", "");
      case SiteProof.Unproved(var doubt) -> text(doubt.ja(), doubt.en());
      case SiteProof.Contradicted(LocationEntry entry) -> {
        LocalText said = against(entry);
        yield text(said.ja(), said.en());
      }
    };
  }

  private static Json text(String ja, String en) {
    return Json.object().put("ja", ja).put("en", en).build();
  }
}
