package dejima.audit;

import dejima.evidence.GroundsCheck;
import dejima.evidence.Json;
import dejima.evidence.Kind;
import dejima.evidence.Reading;
import dejima.evidence.Verification.Finding;
import dejima.location.Landmarks;
import dejima.location.LocationEntry;
import dejima.location.Place;
import dejima.location.SiteProof;
import dejima.location.Transcript;
import dejima.residency.EvidenceLevel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Examines what bears the evidence level of a site: that each level's kind of entry is there, and
/// that landmarks which the reader trusts prove the location, recomputed from raw round trips.
///
/// @param landmarks whom the reader trusts to measure, if it names any
public record SiteEvidence(Optional<Landmarks> landmarks) implements GroundsCheck {
  @Override
  public Judgement judge(Json.Obj intent, List<Json.Obj> grounds) {
    Optional<Json.Obj> site = intent.object("site");
    Optional<EvidenceLevel> level =
        site.flatMap(at -> at.string("evidence")).flatMap(SiteEvidence::level);
    if (site.isEmpty() || level.isEmpty()) {
      return new Judgement.Fails("the intent names no evidence level");
    }
    Optional<Kind> missing = missing(level.get(), grounds);
    return missing.isPresent()
        ? new Judgement.Fails(
            "level "
                + level.get()
                + " is recorded without an entry of kind "
                + missing.get().text())
        : measured(site.get(), level.get(), intent, grounds);
  }

  private static Optional<EvidenceLevel> level(String name) {
    for (EvidenceLevel level : EvidenceLevel.values()) {
      if (level.name().equals(name)) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }

  private static Optional<Kind> missing(EvidenceLevel level, List<Json.Obj> grounds) {
    List<Kind> needed =
        switch (level) {
          case CONTRADICTED, E0 -> List.of();
          case E1 -> List.of(Kind.REGISTER);
          case E2 -> List.of(Kind.REGISTER, Kind.LOCATION);
          case E3, E4 -> List.of(Kind.REGISTER, Kind.LOCATION, Kind.ATTESTATION);
        };
    return needed.stream().filter(kind -> of(kind, grounds).isEmpty()).findFirst();
  }

  private static List<Json.Obj> of(Kind kind, List<Json.Obj> grounds) {
    return grounds.stream()
        .filter(entry -> entry.string("kind").equals(Optional.of(kind.text())))
        .toList();
  }

  private Judgement measured(
      Json.Obj site, EvidenceLevel level, Json.Obj intent, List<Json.Obj> grounds) {
    List<Finding> open = new ArrayList<>();
    open.add(
        new Finding(
            "Evidence %s of %s %s.".formatted(level.sign(), id(site), level.notProved().en()),
            "%s の証拠 %s は、%s。".formatted(id(site), level.sign(), level.notProved().ja())));
    if (level.level() < EvidenceLevel.E2.level()) {
      return new Judgement.Holds(List.of(), open);
    }
    if (landmarks.isEmpty()) {
      open.add(
          new Finding(
              "That landmarks measured the site: no trusted landmarks were given (--landmarks).",
              "計測点が拠点を実測したこと（信頼する計測点が渡されていない。--landmarks）。"));
      return new Judgement.Holds(List.of(), open);
    }
    return located(site, intent, of(Kind.LOCATION, grounds), landmarks.get(), open);
  }

  private static Judgement located(
      Json.Obj site,
      Json.Obj intent,
      List<Json.Obj> recorded,
      Landmarks trusted,
      List<Finding> open) {
    List<LocationEntry> entries = new ArrayList<>();
    for (Json.Obj body : recorded) {
      switch (LocationEntry.of(body)) {
        case Reading.Read<LocationEntry>(LocationEntry entry) -> entries.add(entry);
        case Reading.Unreadable<LocationEntry>(String reason) -> {
          return new Judgement.Fails(reason);
        }
      }
    }
    Place declared = entries.getFirst().declared();
    Instant at = Instant.ofEpochMilli(intent.integer("time").orElse(0L));
    return switch (SiteProof.judge(
        id(site), site.string("pin").orElse(""), declared, entries, trusted, at)) {
      case SiteProof.Proved(var proving, _, _) ->
          new Judgement.Holds(proved(id(site), declared, proving), open);
      case SiteProof.Unproved(var doubt) ->
          new Judgement.Fails("the location is not proved: " + doubt.en());
      case SiteProof.Contradicted(var entry) ->
          new Judgement.Fails(
              "landmark "
                  + entry.proof().transcript().landmark()
                  + " contradicts the declared place");
    };
  }

  private static List<Finding> proved(String site, Place declared, List<LocationEntry> proving) {
    List<Finding> proved = new ArrayList<>();
    proved.add(
        new Finding(
            "The key of %s, declared at %s, answered from no foreign land, by the speed of light."
                .formatted(site, written(declared)),
            "申告地 %2$s の拠点 %1$s の鍵は、光速の限界により国外からは応答していない。".formatted(site, written(declared))));
    for (LocationEntry entry : proving) {
      Transcript said = entry.proof().transcript();
      String fastest = String.format(Locale.ROOT, "%.3f", said.shortest().nanos() / 1e6);
      proved.add(
          new Finding(
              "Landmark %s of %s saw a round trip of %s ms."
                  .formatted(said.landmark(), said.person().name(), fastest),
              "計測点 %s（%s）が往復 %s ミリ秒を計測した。"
                  .formatted(said.landmark(), said.person().name(), fastest)));
    }
    return proved;
  }

  private static String written(Place place) {
    return String.format(Locale.ROOT, "%.4f,%.4f", place.latitude(), place.longitude());
  }

  private static String id(Json.Obj site) {
    return site.string("id").orElse("");
  }
}
