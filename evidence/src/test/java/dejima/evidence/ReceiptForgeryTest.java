package dejima.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.evidence.Verification.Step;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Receipts that are well-formed and wrong: each piece replaced, left out, moved or added, some
/// even under the log's own signature.
final class ReceiptForgeryTest {
  private static final Receipt RECEIPT = ReceiptVerifierTest.RECEIPT;

  @Test
  void saysWhatIsWrongWithAFile() {
    String file = new String(RECEIPT.bytes(), StandardCharsets.UTF_8);
    String line = file.substring(file.lastIndexOf('\u2014'));

    assertThat(Receipt.parse((file + line).getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new Reading.Unreadable<>("receipt: note: two signatures by one key"));
    assertThat(
            Receipt.parse(file.replace("\nindex ", "\nindex x").getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new Reading.Unreadable<>("receipt: a number is none"));
  }

  @Test
  void refusesAnotherIndexOrderOrLengthOfPath() {
    for (long index = 0; index < 8; index++) {
      if (index != RECEIPT.index()) {
        ReceiptVerifierTest.assertRefused(with(RECEIPT, index, RECEIPT.path()), Step.INCLUSION);
      }
    }
    ReceiptVerifierTest.assertRefused(
        with(RECEIPT, Long.MAX_VALUE >> 11, RECEIPT.path()), Step.INCLUSION);
    var reversed = new ArrayList<>(RECEIPT.path());
    Collections.reverse(reversed);
    ReceiptVerifierTest.assertRefused(with(RECEIPT, RECEIPT.index(), reversed), Step.INCLUSION);
    var longer = new ArrayList<>(RECEIPT.path());
    longer.add(RECEIPT.path().getFirst());
    ReceiptVerifierTest.assertRefused(with(RECEIPT, RECEIPT.index(), longer), Step.INCLUSION);
    var shorter = RECEIPT.path().subList(1, RECEIPT.path().size());
    ReceiptVerifierTest.assertRefused(with(RECEIPT, RECEIPT.index(), shorter), Step.INCLUSION);
  }

  private static Receipt with(Receipt r, long index, List<String> path) {
    return new Receipt(
        r.body(), index, path, r.salt(), r.intents(), r.grounds(), r.documents(), r.note());
  }

  private static Receipt with(Receipt r, List<Receipt.Proven> intents) {
    return new Receipt(
        r.body(), r.index(), r.path(), r.salt(), intents, r.grounds(), r.documents(), r.note());
  }

  @Test
  void refusesAnotherSizeEvenUnderTheLogsSignature() {
    for (long size : new long[] {0, 1, 3, 9, 1L << 40, Long.MAX_VALUE}) {
      var head = Checkpoint.parse(RECEIPT.note().text()).orThrow();
      if (size != head.size()) {
        var note = new Checkpoint(head.origin(), size, head.root()).signed(Specimen.SIGNER);
        var forged =
            new Receipt(
                RECEIPT.body(),
                RECEIPT.index(),
                RECEIPT.path(),
                RECEIPT.salt(),
                RECEIPT.intents(),
                RECEIPT.grounds(),
                RECEIPT.documents(),
                note);
        ReceiptVerifierTest.assertRefused(forged, Step.INCLUSION);
      }
    }
  }

  @Test
  void refusesIntentsLeftOutAddedSwappedOrMoved() {
    var intents = RECEIPT.intents();
    var first = intents.get(0);
    var second = intents.get(1);

    ReceiptVerifierTest.assertRefused(with(RECEIPT, List.of()), Step.INTENTS);
    ReceiptVerifierTest.assertRefused(with(RECEIPT, List.of(first)), Step.INTENTS);
    ReceiptVerifierTest.assertRefused(with(RECEIPT, List.of(second, first)), Step.INTENTS);
    ReceiptVerifierTest.assertRefused(with(RECEIPT, List.of(first, first)), Step.INTENTS);
    ReceiptVerifierTest.assertRefused(with(RECEIPT, List.of(first, second, second)), Step.INTENTS);
    var moved = new Receipt.Proven(second.index() + 1, second.body(), second.path());
    ReceiptVerifierTest.assertRefused(with(RECEIPT, List.of(first, moved)), Step.INTENTS);
  }

  @Test
  void refusesABodyThatWasNotLogged() {
    var body = Json.object().putAll(RECEIPT.body()).put("zz", 1).build();
    var forged =
        new Receipt(
            body,
            RECEIPT.index(),
            RECEIPT.path(),
            RECEIPT.salt(),
            RECEIPT.intents(),
            RECEIPT.grounds(),
            RECEIPT.documents(),
            RECEIPT.note());

    ReceiptVerifierTest.assertRefused(forged, Step.INCLUSION);
  }

  @Test
  void refusesAnotherSaltOrBundle() {
    byte[] salt = Specimen.SALT.clone();
    salt[31] = 1;
    ReceiptVerifierTest.assertRefused(
        new Receipt(
            RECEIPT.body(),
            RECEIPT.index(),
            RECEIPT.path(),
            StrictBase64.text(salt),
            RECEIPT.intents(),
            RECEIPT.grounds(),
            RECEIPT.documents(),
            RECEIPT.note()),
        Step.SALT);
    for (UnaryOperator<Map<String, String>> change : changes()) {
      ReceiptVerifierTest.assertRefused(
          new Receipt(
              RECEIPT.body(),
              RECEIPT.index(),
              RECEIPT.path(),
              RECEIPT.salt(),
              RECEIPT.intents(),
              RECEIPT.grounds(),
              new Receipt.Documents(
                  change.apply(new HashMap<>(RECEIPT.policyFiles())), Specimen.FACTS),
              RECEIPT.note()),
          Step.POLICY);
    }
  }

  private static List<UnaryOperator<Map<String, String>>> changes() {
    return List.of(
        files -> {
          files.put("rules/b.cel", "true");
          return files;
        },
        files -> {
          files.remove("rules/a.cel");
          return files;
        },
        files -> {
          files.put("rules/a.cel", files.get("rules/a.cel") + "\n");
          return files;
        },
        _ -> Map.of());
  }

  @Test
  void refusesALogThatRecordedASiteItDidNotPermit() {
    var receipt =
        ReceiptVerifierTest.receipt(log -> {
          String id = Specimen.ids(10).next();
          var facts =
              Json.object()
                  .putAll(Specimen.decided().build())
                  .put("attempt", 1)
                  .put("site", Json.object().put("id", "us-west").build())
                  .build();
          var intent = Specimen.record(log, new Entry(id, Kind.INTENT, "t1", facts)).bodyHash();
          var attempt =
              Json.object().put("attempt", 1).put("site", "us-west").put("intent", intent);
          var end =
              Json.object()
                  .put("attempts", Json.array(List.of(attempt.build())))
                  .put("finish", "complete")
                  .build();
          Specimen.record(log, new Entry(id, Kind.OUTCOME, "t1", end));
          return id;
        });

    ReceiptVerifierTest.assertRefused(receipt, Step.DECISION);
  }

  /// The decision went by a sheet that says otherwise: the intent embellishes where the data went.
  @ParameterizedTest
  @CsvSource({"operator, Example Cloud", "country, US", "control, foreign"})
  void refusesALogThatSaysOfASiteWhatIsNotOnRecordOfIt(String name, String value) {
    var receipt =
        ReceiptVerifierTest.receipt(log -> {
          String id = Specimen.ids(12).next();
          var said = Specimen.intent(id, 1).facts();
          var site = Json.object();
          said.object("site")
              .orElseThrow()
              .forEach((n, v) -> site.put(n, n.equals(name) ? Json.of(value) : v));
          var facts = Json.object();
          said.forEach((n, v) -> facts.put(n, n.equals("site") ? site.build() : v));
          var intent = new Entry(id, Kind.INTENT, "t1", facts.build());
          String hash = Specimen.record(log, intent).bodyHash();
          Specimen.record(log, Specimen.outcome(id, List.of(hash)));
          return id;
        });

    ReceiptVerifierTest.assertRefused(receipt, Step.DECISION);
  }

  @Test
  void refusesASiteSignatureThatIsForgedOrAboutSomethingElse() {
    var statement = Specimen.statement("rcpt_00000000000000000000000000", 1);
    byte[] genuine = Specimen.sign(statement);
    byte[] forged = genuine.clone();
    forged[forged.length - 1] ^= 1;

    ReceiptVerifierTest.assertRefused(signedBy(statement, genuine), Step.SITE_SIGNATURE);
    ReceiptVerifierTest.assertRefused(
        signedBy(Specimen.statement(Specimen.ids(11).next(), 1), forged), Step.SITE_SIGNATURE);
  }

  private static Receipt signedBy(SiteStatement statement, byte[] signature) {
    return ReceiptVerifierTest.receipt(log -> {
      String id = Specimen.ids(11).next();
      var intent = Specimen.record(log, Specimen.intent(id, 1));
      var facts = new ArrayList<Json.Member>();
      for (var member : Specimen.outcome(id, List.of(intent.bodyHash())).facts().members()) {
        if (!member.name().equals("siteSignature")) {
          facts.add(member);
        }
      }
      facts.add(
          new Json.Member(
              "siteSignature", statement.evidence(signature, Specimen.SITE.getPublic())));
      Specimen.record(log, new Entry(id, Kind.OUTCOME, "t1", new Json.Obj(facts)));
      return id;
    });
  }
}
