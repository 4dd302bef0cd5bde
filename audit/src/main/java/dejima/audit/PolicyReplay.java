package dejima.audit;

import dejima.evidence.DecisionReplay;
import dejima.evidence.Json;
import dejima.residency.BundleReading;
import dejima.residency.Control;
import dejima.residency.Country;
import dejima.residency.DataClass;
import dejima.residency.DataClassReading;
import dejima.residency.Decision;
import dejima.residency.Destination;
import dejima.residency.EvidenceLevel;
import dejima.residency.PolicyBundle;
import dejima.residency.RequestFacts;
import dejima.residency.RequestKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Decides a recorded request again, with the policy that came with its receipt.
public final class PolicyReplay implements DecisionReplay {
  /// A replay needs nothing but what it is given.
  public PolicyReplay() {}

  @Override
  public Replay replay(Json.Obj body, Map<String, String> policyFiles) {
    return switch (PolicyBundle.of(policyFiles)) {
      case BundleReading.Rejected(var problems) ->
          new Replay.Different("the bundle cannot be read: " + problems.getFirst().text());
      case BundleReading.Loaded(PolicyBundle bundle) -> decideAgain(body, bundle);
    };
  }

  private static Replay decideAgain(Json.Obj body, PolicyBundle bundle) {
    try {
      RequestFacts request = request(body);
      int same = 0;
      for (Json recorded : decisions(body)) {
        compare(object(recorded), bundle.decide(request, site(object(recorded))));
        same++;
      }
      for (Json recorded : body.array("media").orElse(List.of())) {
        compare(object(recorded), bundle.decide(request, media(object(recorded))));
        same++;
      }
      return new Replay.Same(same);
    } catch (IllegalArgumentException different) {
      return new Replay.Different(String.valueOf(different.getMessage()));
    }
  }

  private static List<Json> decisions(Json.Obj body) {
    return body.array("decisions")
        .filter(decisions -> !decisions.isEmpty())
        .orElseThrow(() -> new IllegalArgumentException("the record holds no decision"));
  }

  private static void compare(Json.Obj recorded, Decision decision) {
    boolean same =
        text(recorded, "effect").equals(decision.effect().word())
            && recorded.array("rules").orElse(List.of()).equals(rules(decision));
    if (!same) {
      throw new IllegalArgumentException(
          "the policy decides "
              + decision.effect().word()
              + " by "
              + decision.ruleIds()
              + " where the record says otherwise");
    }
  }

  private static List<Json> rules(Decision decision) {
    return decision.ruleIds().stream().<Json>map(id -> Json.of(id)).toList();
  }

  private static RequestFacts request(Json.Obj body) {
    return new RequestFacts(
        dataClass(text(body, "dataClass")),
        text(body, "tenant"),
        text(body, "project"),
        text(body, "model"),
        RequestKind.valueOf(text(body, "operation").toUpperCase(Locale.ROOT)));
  }

  private static DataClass dataClass(String label) {
    return switch (DataClass.read(label)) {
      case DataClassReading.Read(DataClass dataClass) -> dataClass;
      case DataClassReading.Unreadable(String reason) -> throw new IllegalArgumentException(reason);
    };
  }

  private static Destination site(Json.Obj site) {
    return new Destination.SiteFacts(
        text(site, "site"),
        text(site, "operator"),
        new Country(text(site, "declaredCountry")),
        Control.valueOf(text(site, "control").toUpperCase(Locale.ROOT)),
        EvidenceLevel.valueOf(text(site, "evidence")),
        text(site, "sku"));
  }

  private static Destination media(Json.Obj media) {
    return new Destination.MediaHost(text(media, "scheme"), text(media, "host"));
  }

  private static Json.Obj object(Json json) {
    if (json instanceof Json.Obj object) {
      return object;
    }
    throw new IllegalArgumentException("a decision is not an object");
  }

  private static String text(Json.Obj object, String name) {
    return object
        .string(name)
        .orElseThrow(() -> new IllegalArgumentException("the record lacks '" + name + "'"));
  }
}
