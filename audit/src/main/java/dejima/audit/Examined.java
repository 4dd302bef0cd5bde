package dejima.audit;

import dejima.evidence.Carried;
import dejima.evidence.Json;
import dejima.evidence.Kind;
import dejima.evidence.Reading;
import dejima.evidence.Receipt;
import dejima.evidence.Verification.Finding;
import dejima.evidence.Verification.Step;
import dejima.residency.Destination.SiteFacts;
import dejima.residency.EvidenceLevel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One attempt whose evidence level is examined: what its intent says and names, and what was found
/// so far.
final class Examined {
  private final Json.Obj intent;
  private final Json.Obj site;
  private final EvidenceLevel level;
  private final List<Json.Obj> grounds;
  private final Receipt.Documents documents;
  private final List<Finding> proved = new ArrayList<>();
  private final List<Finding> open = new ArrayList<>();

  Examined(Json.Obj intent, List<Json.Obj> grounds, Receipt.Documents documents) {
    this.intent = intent;
    this.grounds = grounds;
    this.documents = documents;
    this.site = intent.object("site").orElseThrow(Examined::noLevel);
    this.level = site.string("evidence").flatMap(Examined::level).orElseThrow(Examined::noLevel);
  }

  private static NotBorne noLevel() {
    return new NotBorne(Step.GROUNDS, "the intent names no evidence level");
  }

  private static Optional<EvidenceLevel> level(String name) {
    for (EvidenceLevel level : EvidenceLevel.values()) {
      if (level.name().equals(name)) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }

  Json.Obj intent() {
    return intent;
  }

  EvidenceLevel level() {
    return level;
  }

  boolean isAtLeast(EvidenceLevel other) {
    return level.level() >= other.level();
  }

  String site() {
    return site.string("id").orElse("");
  }

  String pin() {
    return site.string("pin").orElse("");
  }

  /// Who runs the site, as it was decided.
  String operator() {
    return site.string("operator").orElse("");
  }

  /// When the intent was recorded.
  Instant time() {
    return Instant.ofEpochMilli(intent.integer("time").orElse(0L));
  }

  List<Json.Obj> grounds(Kind kind) {
    return grounds.stream()
        .filter(entry -> entry.string("kind").equals(Optional.of(kind.text())))
        .toList();
  }

  Carried carried() {
    return documents.carried().orElse(Carried.NONE);
  }

  /// The facts of this site by which policy decided.
  SiteFacts facts() {
    return switch (RecordedDecision.read(intent, documents.siteFacts())) {
      case Reading.Read<List<RecordedDecision>>(List<RecordedDecision> decisions) ->
          decisions.stream()
              .map(RecordedDecision::site)
              .filter(facts -> facts.id().equals(site()) && facts.evidence() == level)
              .findFirst()
              .orElseThrow(() ->
                  new NotBorne(
                      Step.SITE_FACTS, "no decision about the attempt's site is recorded"));
      case Reading.Unreadable<List<RecordedDecision>>(String reason) ->
          throw new NotBorne(Step.SITE_FACTS, reason);
    };
  }

  void proved(Step step, String code, String en, String ja) {
    proved.add(new Finding(step, code, en, ja));
  }

  void open(Step step, String code, String en, String ja) {
    open.add(new Finding(step, code, en, ja));
  }

  List<Finding> proved() {
    return proved;
  }

  List<Finding> open() {
    return open;
  }
}
