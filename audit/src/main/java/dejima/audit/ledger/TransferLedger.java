package dejima.audit.ledger;

import dejima.audit.EvidenceTrust;
import dejima.audit.PolicyReplay;
import dejima.audit.SiteEvidence;
import dejima.evidence.Checkpoint;
import dejima.evidence.Json;
import dejima.evidence.Receipt;
import dejima.evidence.ReceiptJudges;
import dejima.evidence.ReceiptVerifier;
import dejima.evidence.Verification;
import dejima.evidence.VerificationKeys;
import dejima.residency.DataClass;
import dejima.residency.DataClassReading;
import dejima.residency.TransferBasis;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The record of provision to third parties (個人情報保護法 29 条、同法施行規則 19 条から 21 条; abroad also 28 条):
/// one line for each attempt to send personal information to a site.
///
/// Who the person is, which items were sent, and the receiver's address and representative (施行規則 20
/// 条 1 項) no receipt holds: those columns are left for the tenant to fill in. To be checked by
/// counsel, as is whether the operator is a third party at all (法 27 条 5 項 1 号, entrustment, does
/// not reach abroad).
final class TransferLedger {
  /// The headings, in the order of the cells.
  static final List<String> HEADINGS =
      List.of(
          "提供年月日時（日本標準時）",
          "提供元（仮名）",
          "案件",
          "提供先の名称",
          "提供先の住所（要記入）",
          "提供先の代表者の氏名（要記入）",
          "提供先の拠点",
          "所在国",
          "提供先の支配",
          "外国にある第三者への提供",
          "提供の根拠（本人の同意等）",
          "番号法の事務",
          "再委託の許諾",
          "データの区分",
          "モデル",
          "適用した規則",
          "所在の証拠水準",
          "結果",
          "本人を特定するに足りる事項（要記入）",
          "個人データの項目（要記入）",
          "保存期限の目安（3年、施行規則21条）",
          "領収書番号",
          "ログ",
          "ログの番号",
          "検証");

  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(TOKYO);
  private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE;

  /// From the provision on; a tenant that records several at once counts from the last of them.
  private static final int YEARS_KEPT = 3;

  private final VerificationKeys keys;
  private final boolean every;

  /// @param every whether requests without personal information are listed too
  TransferLedger(VerificationKeys keys, boolean every) {
    this.keys = keys;
    this.every = every;
  }

  /// What became of a receipt.
  sealed interface Entry {
    /// Its lines, in the order of the attempts; none if nothing personal was sent.
    record Lines(String id, List<List<String>> lines) implements Entry {
      /// Copies the lines.
      public Lines {
        lines = List.copyOf(lines);
      }
    }

    /// It is not genuine, so nothing that it says is listed.
    record Refused(Path file, String reason) implements Entry {}
  }

  /// Reads a receipt.
  Entry read(Path file, byte[] receipt) {
    var judges = new ReceiptJudges(new PolicyReplay(), new SiteEvidence(EvidenceTrust.NOBODY));
    return switch (ReceiptVerifier.verify(receipt, keys, judges)) {
      case Verification.Refused(var step, String reason) ->
          new Entry.Refused(file, step + ": " + reason);
      case Verification.Verified(Receipt genuine, _, _) ->
          new Entry.Lines(genuine.id(), lines(genuine));
    };
  }

  private List<List<String>> lines(Receipt receipt) {
    List<List<String>> lines = new ArrayList<>();
    for (Receipt.Proven intent : receipt.intents()) {
      if (every || isPersonal(text(intent.body(), "dataClass"))) {
        lines.add(line(receipt, intent));
      }
    }
    return lines;
  }

  /// Only what is known not to be personal is left out.
  private static boolean isPersonal(String label) {
    return switch (DataClass.read(label)) {
      case DataClassReading.Read(DataClass dataClass) -> isPersonal(dataClass);
      case DataClassReading.Unreadable _ -> true;
    };
  }

  private static boolean isPersonal(DataClass dataClass) {
    return dataClass.label().contains("personal")
        || dataClass.label().contains("my-number")
        || dataClass.label().contains("local-");
  }

  private static List<String> line(Receipt receipt, Receipt.Proven intent) {
    Json.Obj body = intent.body();
    Json.Obj site = body.object("site").orElseGet(() -> Json.object().build());
    Optional<Json.Obj> grounds = body.object("grounds");
    String country = text(site, "country");
    Instant time = Instant.ofEpochMilli(body.integer("time").orElse(0L));
    return List.of(
        TIME.format(time),
        text(body, "tenant"),
        text(body, "project"),
        text(site, "operator"),
        "",
        "",
        text(site, "id"),
        country,
        control(text(site, "control")),
        abroad(country),
        basis(country, grounds.map(said -> text(said, "transferBasis")).orElse("none")),
        grounds.map(said -> text(said, "statutoryTask")).orElse(""),
        grounds.map(said -> text(said, "subcontractingPermission")).orElse(""),
        text(body, "dataClass"),
        text(body, "model"),
        rules(body),
        text(site, "evidence"),
        result(receipt, body),
        "",
        "",
        DAY.format(time.atZone(TOKYO).plusYears(YEARS_KEPT)),
        receipt.id(),
        Checkpoint.parse(receipt.note().text()).orThrow().origin(),
        Long.toString(intent.index()),
        "真正");
  }

  private static String text(Json.Obj object, String name) {
    return object.string(name).orElse("");
  }

  private static String control(String word) {
    return switch (word) {
      case "domestic" -> "国内";
      case "foreign" -> "外国の法令が及びうる";
      default -> "不明";
    };
  }

  private static String abroad(String country) {
    return switch (country) {
      case "JP" -> "該当しない";
      case "ZZ", "" -> "所在国不明";
      default -> "該当する";
    };
  }

  private static String basis(String country, String word) {
    String said =
        switch (TransferBasis.read(word).orElse(TransferBasis.NONE)) {
          case NONE -> "";
          case CONSENT -> "本人の同意（法28条1項）";
          case EQUIVALENT -> "相当措置の体制（法28条1項・3項）";
          case ADEQUATE -> "同等水準国（法28条1項）";
        };
    return said.isEmpty() && !country.equals("JP") ? "申告なし" : said;
  }

  private static String rules(Json.Obj body) {
    return body.object("decisions")
        .flatMap(decisions -> decisions.array("rules"))
        .map(rules ->
            String.join(
                " ",
                rules.stream().map(rule -> rule instanceof Json.Str(String id) ? id : "").toList()))
        .orElse("");
  }

  private static String result(Receipt receipt, Json.Obj intent) {
    return receipt.body().objects("attempts").stream()
        .filter(attempt -> attempt.integer("attempt").equals(intent.integer("attempt")))
        .map(attempt -> text(attempt, "result"))
        .findFirst()
        .orElse("");
  }
}
