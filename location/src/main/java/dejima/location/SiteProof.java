package dejima.location;

import dejima.location.Landmarks.Landmark;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What all landmarks together say of a site at a moment: the rule of two.
public sealed interface SiteProof {
  /// How long a measurement counts.
  Duration VALID = Duration.ofMinutes(10);

  /// How far a landmark's wall clock may be ahead.
  Duration AHEAD = Duration.ofMinutes(1);

  /// One measurement as somebody judged it.
  ///
  /// @param entry what was measured
  /// @param verdict what it says alone
  /// @param began when it began, by the judge's clock
  record Judged(LocationEntry entry, Verdict verdict, Instant began) {}

  /// Landmarks of two legal persons have each proved it alone.
  ///
  /// @param entries the two newest that suffice, the older one last
  /// @param at when the older one began
  /// @param until when they end to suffice
  record Proved(List<LocationEntry> entries, Instant at, Instant until) implements SiteProof {}

  /// They have not.
  ///
  /// @param doubt what is missing
  record Unproved(Doubt doubt) implements SiteProof {}

  /// A measurement that still counts contradicts the declared place.
  ///
  /// @param entry that measurement
  record Contradicted(LocationEntry entry) implements SiteProof {}

  /// Judges from the log alone: by when each landmark says that it began.
  ///
  /// @param site its id
  /// @param pin its key, which carries the traffic
  /// @param declared where it is said to be now
  /// @param entries measurements in any order; those of other sites, keys, places or times do not
  ///   count
  /// @param trusted the landmarks that the judge trusts
  /// @param affiliates whose landmarks do not count for this site
  /// @param at the moment
  static SiteProof judge(
      String site,
      String pin,
      Place declared,
      List<LocationEntry> entries,
      Landmarks trusted,
      Affiliates affiliates,
      Instant at) {
    return of(
        entries.stream()
            .filter(entry -> isAbout(entry, site, pin, declared))
            .map(entry -> new Judged(entry, entry.judge(trusted), began(entry)))
            .toList(),
        trusted,
        affiliates,
        at,
        VALID);
  }

  /// Judges measurements of one site on one key at one declared place.
  ///
  /// @param affiliates whose landmarks prove nothing of this site
  /// @param valid how long a measurement counts, never longer than [#VALID]
  static SiteProof of(
      List<Judged> measurements,
      Landmarks trusted,
      Affiliates affiliates,
      Instant at,
      Duration valid) {
    Duration counts = valid.compareTo(VALID) < 0 ? valid : VALID;
    List<Judged> fresh =
        measurements.stream()
            .filter(one -> !one.began.isAfter(at.plus(AHEAD)))
            .filter(one -> one.began.plus(counts).isAfter(at))
            .sorted(Comparator.comparing(Judged::began).reversed())
            .toList();
    Optional<Judged> against =
        fresh.stream().filter(one -> one.verdict instanceof Verdict.Contradicted).findFirst();
    List<Judged> proving =
        fresh.stream().filter(one -> one.verdict instanceof Verdict.Proved).toList();
    List<Judged> independent =
        proving.stream().filter(one -> !affiliates.include(person(one, trusted))).toList();
    return against
        .<SiteProof>map(one -> new Contradicted(one.entry))
        .orElseGet(() ->
            switch (ofTwo(independent, trusted, counts)) {
              case Unproved _ when independent.size() < proving.size() ->
                  new Unproved(Doubt.AFFILIATED);
              case SiteProof proof -> proof;
            });
  }

  private static SiteProof ofTwo(List<Judged> newest, Landmarks trusted, Duration counts) {
    if (newest.isEmpty()) {
      return new Unproved(Doubt.STALE);
    }
    Judged first = newest.getFirst();
    LegalPerson person = person(first, trusted);
    return newest.stream()
        .filter(one -> !person(one, trusted).isSameAs(person))
        .findFirst()
        .<SiteProof>map(second ->
            new Proved(List.of(first.entry, second.entry), second.began, second.began.plus(counts)))
        .orElseGet(() -> new Unproved(Doubt.ONE_PERSON));
  }

  private static boolean isAbout(LocationEntry entry, String site, String pin, Place declared) {
    return entry.site().equals(site)
        && entry.proof().transcript().pin().equals(pin)
        && entry.declared().equals(declared);
  }

  private static LegalPerson person(Judged one, Landmarks trusted) {
    return trusted
        .of(one.entry.proof().transcript().landmark())
        .map(Landmark::person)
        .orElseThrow(() -> new IllegalStateException("an unknown landmark proves nothing"));
  }

  private static Instant began(LocationEntry entry) {
    return Instant.ofEpochMilli(entry.proof().transcript().started());
  }
}
