package dejima.residency;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What is established about a site, each until a moment, and what speaks against it. Its evidence
/// level follows from this and the time, and nothing else.
///
/// The moments are of one clock that never jumps. A ground counts before its moment and not from it
/// on.
///
/// @param attributedUntil third parties' facts agree with the site's statement
/// @param measured its location was proved
/// @param attestedUntil the measured key lives in a verified trusted execution environment
/// @param sealedUntil prompts can be encrypted to an image that cannot send anything out
/// @param contradictions what speaks against the site, by where it comes from
public record SiteGrounds(
    Optional<Instant> attributedUntil,
    Optional<Measured> measured,
    Optional<Instant> attestedUntil,
    Optional<Instant> sealedUntil,
    Map<Source, List<LocalText>> contradictions) {
  /// Nothing but what is configured.
  public static final SiteGrounds NONE =
      new SiteGrounds(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

  /// Where grounds come from.
  public enum Source {
    /// The site's own signed statement.
    STATEMENT,
    /// The register of operators, sites and models.
    REGISTER,
    /// Landmarks.
    LOCATION,
    /// Quotes of trusted execution environments.
    ATTESTATION
  }

  /// A location proof by at least two independent landmarks.
  ///
  /// @param at when the oldest measurement that it needs began
  /// @param until when it ends to count
  public record Measured(Instant at, Instant until) {}

  /// Copies the map and drops what says nothing.
  public SiteGrounds {
    Map<Source, List<LocalText>> kept = new EnumMap<>(Source.class);
    contradictions.forEach((source, texts) -> {
      if (!texts.isEmpty()) {
        kept.put(source, List.copyOf(texts));
      }
    });
    contradictions = Collections.unmodifiableMap(kept);
  }

  /// The level at a moment: the highest of which it and all below it are established.
  public EvidenceLevel levelAt(Instant now) {
    if (!contradictions.isEmpty()) {
      return EvidenceLevel.CONTRADICTED;
    }
    Predicate<Instant> counts = now::isBefore;
    if (attributedUntil.filter(counts).isEmpty()) {
      return EvidenceLevel.E0;
    }
    if (measured.map(Measured::until).filter(counts).isEmpty()) {
      return EvidenceLevel.E1;
    }
    if (attestedUntil.filter(counts).isEmpty()) {
      return EvidenceLevel.E2;
    }
    return sealedUntil.filter(counts).isEmpty() ? EvidenceLevel.E3 : EvidenceLevel.E4;
  }

  /// The age of the location proof in whole minutes, whether or not it still counts;
  /// [Destination.SiteFacts#NEVER_LOCATED] when there is none.
  public int locationMinutes(Instant now) {
    return measured
        .map(proof -> Duration.between(proof.at(), now).toMinutes())
        .map(age -> Math.toIntExact(Math.clamp(age, 0L, Destination.SiteFacts.NEVER_LOCATED)))
        .orElse(Destination.SiteFacts.NEVER_LOCATED);
  }

  /// The next moment at which the level or the age changes by itself.
  public Instant nextChange(Instant now) {
    Optional<Instant> older =
        measured.map(proof -> proof.at().plus(Duration.ofMinutes(locationMinutes(now) + 1L)));
    return Stream.of(
            attributedUntil, measured.map(Measured::until), attestedUntil, sealedUntil, older)
        .flatMap(Optional::stream)
        .filter(now::isBefore)
        .min(Instant::compareTo)
        .orElse(Instant.MAX);
  }

  /// With another end of attribution.
  public SiteGrounds attributed(Optional<Instant> until) {
    return new SiteGrounds(until, measured, attestedUntil, sealedUntil, contradictions);
  }

  /// With another location proof.
  public SiteGrounds measured(Optional<Measured> proof) {
    return new SiteGrounds(attributedUntil, proof, attestedUntil, sealedUntil, contradictions);
  }

  /// With another end of attestation.
  public SiteGrounds attested(Optional<Instant> until) {
    return new SiteGrounds(attributedUntil, measured, until, sealedUntil, contradictions);
  }

  /// With another end of sealing.
  public SiteGrounds sealed(Optional<Instant> until) {
    return new SiteGrounds(attributedUntil, measured, attestedUntil, until, contradictions);
  }

  /// With what one source says against the site, which replaces what it said before.
  public SiteGrounds contradicted(Source source, List<LocalText> texts) {
    Map<Source, List<LocalText>> all = new EnumMap<>(Source.class);
    all.putAll(contradictions);
    all.put(source, texts);
    return new SiteGrounds(attributedUntil, measured, attestedUntil, sealedUntil, all);
  }
}
