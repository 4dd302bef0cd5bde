package dejima.location;

import dejima.location.Landmarks.Landmark;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What all landmarks together say of a site at a moment: the rule of two.
public sealed interface SiteProof {
  /// How long a measurement counts.
  Duration VALID = Duration.ofMinutes(10);

  /// How far a landmark's wall clock may be ahead.
  Duration AHEAD = Duration.ofMinutes(1);

  /// Landmarks of two legal persons have each proved it alone.
  ///
  /// @param entries one for each landmark that proves it, its newest; the oldest comes last
  /// @param at when the older of the two newest that suffice began
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

  /// Judges by everything that is known of a site.
  ///
  /// @param site its id
  /// @param pin its key, which carries the traffic
  /// @param declared where it is said to be now
  /// @param entries measurements in any order; those of other sites, keys, places or times do not
  ///   count
  /// @param trusted the landmarks that the judge trusts
  /// @param at the moment, by the judge's clock
  static SiteProof judge(
      String site,
      String pin,
      Place declared,
      List<LocationEntry> entries,
      Landmarks trusted,
      Instant at) {
    Map<String, LocationEntry> proving = new HashMap<>();
    for (LocationEntry entry : entries) {
      if (!counts(entry, site, pin, declared, at)) {
        continue;
      }
      switch (entry.judge(trusted)) {
        case Verdict.Contradicted _ -> {
          return new Contradicted(entry);
        }
        case Verdict.Proved _ ->
            proving.merge(entry.proof().transcript().landmark(), entry, SiteProof::newer);
        case Verdict.Unproved _ -> {}
      }
    }
    List<LocationEntry> newest =
        proving.values().stream()
            .sorted(Comparator.comparing(SiteProof::began).reversed())
            .toList();
    return newest.isEmpty() ? new Unproved(Doubt.STALE) : ofTwo(newest, trusted);
  }

  private static boolean counts(
      LocationEntry entry, String site, String pin, Place declared, Instant at) {
    Instant began = began(entry);
    return entry.site().equals(site)
        && entry.proof().transcript().pin().equals(pin)
        && entry.declared().equals(declared)
        && !began.isAfter(at.plus(AHEAD))
        && began.plus(VALID).isAfter(at);
  }

  private static SiteProof ofTwo(List<LocationEntry> newest, Landmarks trusted) {
    LegalPerson first = person(newest.getFirst(), trusted);
    Optional<LocationEntry> second =
        newest.stream().filter(entry -> !person(entry, trusted).isSameAs(first)).findFirst();
    return second
        .<SiteProof>map(entry -> new Proved(newest, began(entry), began(entry).plus(VALID)))
        .orElseGet(() -> new Unproved(Doubt.ONE_PERSON));
  }

  private static LegalPerson person(LocationEntry entry, Landmarks trusted) {
    return trusted
        .of(entry.proof().transcript().landmark())
        .map(Landmark::person)
        .orElseThrow(() -> new IllegalStateException("an unknown landmark proves nothing"));
  }

  private static LocationEntry newer(LocationEntry one, LocationEntry other) {
    return began(one).isAfter(began(other)) ? one : other;
  }

  private static Instant began(LocationEntry entry) {
    return Instant.ofEpochMilli(entry.proof().transcript().started());
  }
}
