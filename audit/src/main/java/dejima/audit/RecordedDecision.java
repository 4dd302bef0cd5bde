package dejima.audit;

import dejima.evidence.Json;
import dejima.evidence.Reading;
import dejima.residency.Assurances;
import dejima.residency.Certification;
import dejima.residency.Control;
import dejima.residency.Country;
import dejima.residency.Destination.SiteFacts;
import dejima.residency.EvidenceLevel;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// One decision about a site, as a record and the documents that it names hold it.
///
/// @param site the facts that were decided by
/// @param effect `permit` or `deny`
/// @param rules the ids of the deciding rules
public record RecordedDecision(SiteFacts site, String effect, List<String> rules) {
  /// Copies the list.
  public RecordedDecision {
    rules = List.copyOf(rules);
  }

  /// Reads every decision of a record, at least one.
  ///
  /// @param body an intent, an outcome or a refusal
  /// @param siteFacts the document that its `siteFacts` names
  public static Reading<List<RecordedDecision>> read(Json.Obj body, Json siteFacts) {
    try {
      return new Reading.Read<>(decisions(body, siteFacts));
    } catch (IllegalArgumentException malformed) {
      return new Reading.Unreadable<>(String.valueOf(malformed.getMessage()));
    }
  }

  private static List<RecordedDecision> decisions(Json.Obj body, Json siteFacts) {
    Json.Obj recorded = body.object("decisions").orElseThrow(() -> lacks("decisions"));
    List<String> rules = texts(recorded, "rules");
    List<RecordedDecision> decisions = new ArrayList<>();
    for (Json each : recorded.array("sites").orElseThrow(() -> lacks("sites"))) {
      Json.Obj group = object(each);
      List<String> by = named(group, rules);
      for (String id : texts(group, "sites")) {
        decisions.add(new RecordedDecision(site(id, group, siteFacts), text(group, "effect"), by));
      }
    }
    if (decisions.isEmpty()) {
      throw new IllegalArgumentException("the record holds no decision");
    }
    return decisions;
  }

  private static List<String> named(Json.Obj group, List<String> rules) {
    return group.array("by").orElseThrow(() -> lacks("by")).stream()
        .map(number ->
            Optional.of(number)
                .filter(Json.Num.class::isInstance)
                .flatMap(given -> ((Json.Num) given).integer())
                .filter(place -> place >= 0 && place < rules.size())
                .map(place -> rules.get(place.intValue()))
                .orElseThrow(() ->
                    new IllegalArgumentException("a decision names a rule that is not listed")))
        .toList();
  }

  private static SiteFacts site(String id, Json.Obj group, Json siteFacts) {
    Json.Obj onRecord = onRecord(id, siteFacts);
    SiteFacts facts =
        new SiteFacts(
                id,
                text(onRecord, "operator"),
                new Country(text(onRecord, "declaredCountry")),
                Control.valueOf(text(onRecord, "control").toUpperCase(Locale.ROOT)),
                EvidenceLevel.valueOf(text(group, "evidence")),
                text(onRecord, "sku"))
            .assured(
                new Assurances(
                    certifications(onRecord),
                    flag(onRecord, "japaneseLaw"),
                    flag(onRecord, "domesticMaintenance")))
            .locatedBefore(minutes(group))
            .serving(group.get("modelVerified").isPresent() && flag(group, "modelVerified"));
    if (!facts.country().code().equals(text(onRecord, "country"))) {
      throw new IllegalArgumentException("the country on record of " + id + " does not follow");
    }
    return facts;
  }

  private static Json.Obj onRecord(String id, Json siteFacts) {
    if (!(siteFacts instanceof Json.Arr(List<Json> sites))) {
      throw new IllegalArgumentException("the sites' facts are not a list");
    }
    List<Json.Obj> found =
        sites.stream()
            .map(RecordedDecision::object)
            .filter(site -> site.string("site").equals(Optional.of(id)))
            .toList();
    if (found.size() != 1) {
      throw new IllegalArgumentException("there are not exactly one site's facts of " + id);
    }
    return found.getFirst();
  }

  private static Set<Certification> certifications(Json.Obj site) {
    Set<Certification> found = EnumSet.noneOf(Certification.class);
    for (String word : texts(site, "certifications")) {
      found.add(
          Certification.read(word)
              .orElseThrow(() -> new IllegalArgumentException("unknown certification " + word)));
    }
    return found;
  }

  private static int minutes(Json.Obj group) {
    if (group.get("locationMinutes").isEmpty()) {
      return SiteFacts.NEVER_LOCATED;
    }
    return group
        .integer("locationMinutes")
        .filter(age -> age >= 0 && age < SiteFacts.NEVER_LOCATED)
        .orElseThrow(() -> new IllegalArgumentException("bad locationMinutes"))
        .intValue();
  }

  static Json.Obj object(Json json) {
    if (json instanceof Json.Obj object) {
      return object;
    }
    throw new IllegalArgumentException("a decision is not an object");
  }

  static String text(Json.Obj object, String name) {
    return object.string(name).orElseThrow(() -> lacks(name));
  }

  static List<String> texts(Json.Obj object, String name) {
    return object.array(name).orElseThrow(() -> lacks(name)).stream()
        .map(item -> {
          if (item instanceof Json.Str(String text)) {
            return text;
          }
          throw new IllegalArgumentException("'" + name + "' holds what is no text");
        })
        .toList();
  }

  static boolean flag(Json.Obj object, String name) {
    if (object.get(name).orElseThrow(() -> lacks(name)) instanceof Json.Bool(boolean value)) {
      return value;
    }
    throw new IllegalArgumentException("'" + name + "' is neither true nor false");
  }

  private static IllegalArgumentException lacks(String name) {
    return new IllegalArgumentException("the record lacks '" + name + "'");
  }
}
