package dejima.audit;

import static dejima.audit.RecordedDecision.flag;
import static dejima.audit.RecordedDecision.object;
import static dejima.audit.RecordedDecision.text;
import static dejima.audit.RecordedDecision.texts;

import dejima.evidence.DecisionReplay;
import dejima.evidence.Json;
import dejima.evidence.Reading;
import dejima.evidence.Receipt;
import dejima.residency.BundleReading;
import dejima.residency.Country;
import dejima.residency.DataClass;
import dejima.residency.DataClassReading;
import dejima.residency.Decision;
import dejima.residency.Destination;
import dejima.residency.LegalGrounds;
import dejima.residency.ModelFacts;
import dejima.residency.PolicyBundle;
import dejima.residency.RequestFacts;
import dejima.residency.RequestKind;
import dejima.residency.TransferBasis;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// Decides a recorded request again, with the policy that came with its receipt.
public final class PolicyReplay implements DecisionReplay {
  private final Map<String, String> expected;
  private final CompletableFuture<BundleReading> reading;

  /// A replay needs nothing but what it is given.
  public PolicyReplay() {
    this(Map.of());
  }

  private PolicyReplay(Map<String, String> expected) {
    this.expected = expected;
    this.reading =
        expected.isEmpty()
            ? CompletableFuture.completedFuture(new BundleReading.Rejected(List.of()))
            : CompletableFuture.supplyAsync(() -> PolicyBundle.toReplay(expected));
  }

  /// A replay that begins at once to read the bundle that came with a receipt, while another thread
  /// checks the signatures. It is the same bundle or it is not used.
  static PolicyReplay ahead(Reading<Receipt> receipt) {
    return receipt
        .toOptional()
        .map(read -> new PolicyReplay(read.policyFiles()))
        .orElseGet(PolicyReplay::new);
  }

  /// The bundle of these files, if it can be read.
  Optional<PolicyBundle> loaded(Map<String, String> files) {
    return switch (bundle(files)) {
      case BundleReading.Loaded(PolicyBundle bundle) -> Optional.of(bundle);
      case BundleReading.Rejected _ -> Optional.empty();
    };
  }

  private BundleReading bundle(Map<String, String> files) {
    return !files.isEmpty() && files.equals(expected)
        ? reading.join()
        : PolicyBundle.toReplay(files);
  }

  @Override
  public Replay replay(Json.Obj body, Receipt.Documents documents) {
    return switch (bundle(documents.policyFiles())) {
      case BundleReading.Rejected(var problems) ->
          new Replay.Different("the bundle cannot be read: " + problems.getFirst().text());
      case BundleReading.Loaded(PolicyBundle bundle) ->
          switch (RecordedDecision.read(body, documents.siteFacts())) {
            case Reading.Unreadable<List<RecordedDecision>>(String reason) ->
                new Replay.Different(reason);
            case Reading.Read<List<RecordedDecision>>(List<RecordedDecision> recorded) ->
                decideAgain(body, recorded, bundle);
          };
    };
  }

  private static Replay decideAgain(
      Json.Obj body, List<RecordedDecision> recorded, PolicyBundle bundle) {
    try {
      RequestFacts request = request(body);
      int same = 0;
      for (RecordedDecision one : recorded) {
        compare(one.effect(), one.rules(), bundle.decide(request, one.site()));
        same++;
      }
      for (Json each : body.array("media").orElse(List.of())) {
        Json.Obj media = object(each);
        compare(text(media, "effect"), texts(media, "rules"), bundle.decide(request, host(media)));
        same++;
      }
      return new Replay.Same(same);
    } catch (IllegalArgumentException different) {
      return new Replay.Different(String.valueOf(different.getMessage()));
    }
  }

  private static void compare(String effect, List<String> rules, Decision decision) {
    if (!effect.equals(decision.effect().word()) || !rules.equals(decision.ruleIds())) {
      throw new IllegalArgumentException(
          "the policy decides "
              + decision.effect().word()
              + " by "
              + decision.ruleIds()
              + " where the record says otherwise");
    }
  }

  /// The facts of the request that a record says were decided by.
  ///
  /// @throws IllegalArgumentException if the record lacks one or holds what none can be
  static RequestFacts request(Json.Obj body) {
    return new RequestFacts(
        effective(body),
        text(body, "tenant"),
        text(body, "project"),
        text(body, "model"),
        RequestKind.valueOf(text(body, "operation").toUpperCase(Locale.ROOT)),
        body.get("grounds").isEmpty() ? LegalGrounds.NONE : grounds(body),
        body.get("modelFacts").isEmpty() ? ModelFacts.UNREGISTERED : model(body));
  }

  private static LegalGrounds grounds(Json.Obj body) {
    Json.Obj said = object(body.get("grounds").orElseThrow());
    return new LegalGrounds(
        text(said, "statutoryTask"),
        text(said, "subcontractingPermission"),
        TransferBasis.read(text(said, "transferBasis"))
            .orElseThrow(() -> new IllegalArgumentException("unknown transferBasis")));
  }

  private static ModelFacts model(Json.Obj body) {
    Json.Obj known = object(body.get("modelFacts").orElseThrow());
    return new ModelFacts(
        // Earlier records held facts of wholly registered models alone.
        known.get("registered").isEmpty() || flag(known, "registered"),
        text(known, "owner"),
        text(known, "licence"),
        new Country(text(known, "origin")),
        flag(known, "thirdPartyCalls"),
        Set.of());
  }

  /// The class that counted, which is never lower than the one that the client declared.
  private static DataClass effective(Json.Obj body) {
    DataClass effective = dataClass(text(body, "dataClass"));
    if (body.get("declared").isPresent()
        && !dataClass(text(body, "declared")).join(effective).equals(effective)) {
      throw new IllegalArgumentException("it was decided by a lower class than was declared");
    }
    return effective;
  }

  private static DataClass dataClass(String label) {
    return switch (DataClass.read(label)) {
      case DataClassReading.Read(DataClass dataClass) -> dataClass;
      case DataClassReading.Unreadable(String reason) -> throw new IllegalArgumentException(reason);
    };
  }

  private static Destination host(Json.Obj media) {
    return new Destination.MediaHost(text(media, "scheme"), text(media, "host"));
  }
}
