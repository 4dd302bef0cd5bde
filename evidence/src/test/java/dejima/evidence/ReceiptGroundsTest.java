package dejima.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.evidence.GroundsCheck.Judgement;
import dejima.evidence.Verification.Finding;
import dejima.evidence.Verification.Step;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A receipt whose intent names what bears its site's evidence level.
final class ReceiptGroundsTest {
  private static final Finding NEAR = new Finding(Step.LOCATION, "near", "near", "近い");
  private static final GroundsCheck ONE_IS_ENOUGH =
      (_, grounds, _) ->
          grounds.size() == 1
              ? new Judgement.Holds(List.of(NEAR), List.of())
              : new Judgement.Fails(Step.GROUNDS, grounds.size() + " grounds");

  private final RequestIds ids = Specimen.ids(20);

  private static Entry measurement(String id, int rtt) {
    return new Entry(id, Kind.LOCATION, "node", Json.object().put("rtt", rtt).build());
  }

  private static Entry intent(String id, String level, String ground) {
    Json.Obj plain = Specimen.intent(id, 1).facts();
    Json.Members site = Json.object();
    plain
        .object("site")
        .orElseThrow()
        .forEach((name, value) -> site.put(name, name.equals("evidence") ? Json.of(level) : value));
    site.put("grounds", Json.array(List.of(Json.object().put("hash", ground).build())));
    Json.Members facts = Json.object();
    plain.forEach((name, value) -> facts.put(name, name.equals("site") ? site.build() : value));
    return new Entry(id, Kind.INTENT, "t1", facts.build());
  }

  private Receipt receipt(String level, boolean attach) {
    try (var log = EvidenceLog.inMemory(Specimen.settings())) {
      String measured = ids.next();
      String ground = Specimen.record(log, measurement(measured, 2)).bodyHash();
      String id = ids.next();
      String intent = Specimen.record(log, intent(id, level, ground)).bodyHash();
      Specimen.record(log, Specimen.outcome(id, List.of(intent)));
      var attached =
          new Attachments(
              Specimen.FILES,
              Specimen.FACTS,
              attach ? log.find(measured) : List.of(),
              Carried.NONE);
      return ((ReceiptResult.Ready) log.receipt(id, Specimen.SALT, attached)).receipt();
    }
  }

  private static Verification verify(Receipt receipt) {
    var judges = new ReceiptJudges(Specimen.REPLAY.decisions(), ONE_IS_ENOUGH);
    return ReceiptVerifier.verify(receipt.bytes(), Specimen.KEYS, judges);
  }

  private static void assertRefused(Receipt receipt, Step step) {
    assertThat(verify(receipt))
        .isInstanceOfSatisfying(
            Verification.Refused.class, refused -> assertThat(refused.step()).isEqualTo(step));
  }

  private static Receipt with(Receipt r, List<Receipt.Proven> grounds) {
    return new Receipt(
        r.body(), r.index(), r.path(), r.salt(), r.intents(), grounds, r.documents(), r.note());
  }

  @Test
  void asksTheJudgeAboutWhatTheIntentNames() {
    assertThat(verify(receipt("E0", true)))
        .isInstanceOfSatisfying(
            Verification.Verified.class, verified -> assertThat(verified.proved()).contains(NEAR));
  }

  @Test
  void saysWithoutAJudgeThatTheLevelWasNotExamined() {
    assertThat(ReceiptVerifier.verify(receipt("E0", true).bytes(), Specimen.KEYS, Specimen.REPLAY))
        .isInstanceOfSatisfying(
            Verification.Verified.class,
            verified ->
                assertThat(verified.notProved())
                    .anyMatch(finding -> finding.en().contains("grounds were not examined")));
  }

  @Test
  void refusesAGroundThatIsMissingForeignMovedOrChanged() {
    Receipt genuine = receipt("E0", true);
    Receipt.Proven ground = genuine.grounds().getFirst();
    var changed =
        new Receipt.Proven(ground.index(), Json.object().put("rtt", 1).build(), ground.path());
    var moved = new Receipt.Proven(ground.index() + 1, ground.body(), ground.path());
    var stranger = genuine.intents().getFirst();
    var more = new ArrayList<>(genuine.grounds());
    more.add(stranger);

    assertRefused(with(genuine, List.of()), Step.GROUNDS);
    assertRefused(with(genuine, List.of(changed)), Step.GROUNDS);
    assertRefused(with(genuine, List.of(moved)), Step.GROUNDS);
    assertRefused(with(genuine, List.of(stranger)), Step.GROUNDS);
    assertRefused(with(genuine, more), Step.GROUNDS);
    assertRefused(receipt("E0", false), Step.GROUNDS);
  }

  @Test
  void refusesASiteThatWasPermittedAtAnotherLevelThanItsIntentRecords() {
    assertRefused(receipt("E2", true), Step.DECISION);
  }

  @Test
  void refusesOtherFactsOfTheSites() {
    Receipt genuine = receipt("E0", true);
    var forged =
        new Receipt(
            genuine.body(),
            genuine.index(),
            genuine.path(),
            genuine.salt(),
            genuine.intents(),
            genuine.grounds(),
            new Receipt.Documents(genuine.policyFiles(), Json.array(List.of())),
            genuine.note());

    assertRefused(forged, Step.SITE_FACTS);
  }
}
