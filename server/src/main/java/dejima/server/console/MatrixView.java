package dejima.server.console;

import dejima.residency.Decision;
import dejima.residency.Destination.SiteFacts;
import dejima.residency.Rule;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// The matrix of classes and sites: in each cell what the policy decides there for a chat request
/// of no particular tenant or project, and by which rules.
final class MatrixView {
  /// Fields of a request of which the matrix assumes nothing, as rules name them.
  private static final Pattern ASSUMED =
      Pattern.compile(
          "\\brequest\\.(tenant|project|model|model_registered|model_origin|third_party_calls|kind"
              + "|statutory_task|subcontracting_permission|transfer_basis)\\b");

  private final Words words;
  private final Template frame;
  private final Template head;
  private final Template row;
  private final Template cell;
  private final Template deciding;

  MatrixView(Words words) {
    this.words = words;
    this.frame = Template.read("matrix", words);
    this.head = Template.read("matrix-head", words);
    this.row = Template.read("matrix-row", words);
    this.cell = Template.read("matrix-cell", words);
    this.deciding = Template.read("deciding", words);
  }

  /// The ids of rules that may decide otherwise for one tenant or request than the matrix says.
  static List<String> dependent(List<Rule> rules) {
    return rules.stream()
        .filter(rule -> ASSUMED.matcher(rule.expression()).find())
        .map(Rule::id)
        .toList();
  }

  /// A site and what is decided there.
  ///
  /// @param decisions one for each of [ClassDecision#SHOWN]
  record Column(SiteFacts site, List<ClassDecision> decisions) {
    Column {
      decisions = List.copyOf(decisions);
    }
  }

  Html draw(List<Column> columns) {
    Html heads = columns.stream().map(Column::site).map(this::head).collect(Html.joined());
    Html rows =
        IntStream.range(0, ClassDecision.SHOWN.size())
            .mapToObj(i -> row(columns, i))
            .collect(Html.joined());
    return frame.fill(Map.of(), Map.of("heads", heads, "rows", rows));
  }

  private Html head(SiteFacts site) {
    return head.fill(
        Map.of(
            "id", site.id(),
            "evidence", site.evidence().sign(),
            "country", site.country().code(),
            "controlText", words.get("control." + site.control().word())));
  }

  private Html row(List<Column> columns, int shown) {
    Html cells =
        columns.stream()
            .map(column -> cell(column.site(), column.decisions().get(shown).decision()))
            .collect(Html.joined());
    return row.fill(
        Map.of(
            "class", RequestView.dataClass(ClassDecision.SHOWN.get(shown), words),
            "label", ClassDecision.SHOWN.get(shown).label()),
        Map.of("cells", cells));
  }

  private Html cell(SiteFacts site, Decision decision) {
    boolean permits = decision.permits();
    return cell.fill(
        Map.of(
            "site", site.id(),
            "permit", Boolean.toString(permits),
            "sign", permits ? "✓" : "×",
            "said", words.get(permits ? "permit" : "deny")),
        Map.of(
            "rules",
            decision.deciding().stream()
                .map(rule -> deciding(rule, permits))
                .collect(Html.joined())));
  }

  private Html deciding(Rule rule, boolean permits) {
    Language language = words.language();
    return deciding.fill(
        Map.of(
            "id", rule.id(),
            "effect", rule.effect().name().toLowerCase(Locale.ROOT),
            "title", language.of(rule.title()),
            "basis", language.of(rule.basis()),
            "remedy", permits ? "" : language.of(rule.remedy())));
  }
}
