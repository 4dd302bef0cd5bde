package dejima.residency;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Whether a request may go to a destination, and the rules that decided so.
///
/// A permit names the permitting rules that are true. A denial names every forbidding rule that is
/// true, in the order of their files, and after them an implicit one where it applies:
/// `evaluation-error` when a condition could not be computed, `default-deny` when nothing permitted
/// the destination, `no-policy` when no policy is loaded. `site-contradicted` stands alone: no rule
/// is asked about a site whose own statement contradicts what is configured.
///
/// @param deciding never empty
public record Decision(Effect effect, List<Rule> deciding) {

  /// Copies the rules and refuses a decision without a reason.
  public Decision {
    deciding = List.copyOf(deciding);
    if (deciding.isEmpty()) {
      throw new IllegalArgumentException("a decision names the rules that made it");
    }
  }

  /// Whether bytes may go there.
  public boolean permits() {
    return effect == Effect.PERMIT;
  }

  /// The ids of the deciding rules.
  public List<String> ruleIds() {
    return deciding.stream().map(Rule::id).toList();
  }

  /// The titles of the deciding rules as one sentence for people.
  public LocalText reason() {
    return joined(Rule::title);
  }

  /// What would have to change, by every deciding rule.
  public LocalText remedy() {
    return joined(Rule::remedy);
  }

  private LocalText joined(Function<Rule, LocalText> part) {
    List<LocalText> parts = deciding.stream().map(part).distinct().toList();
    return new LocalText(
        parts.stream().map(LocalText::ja).collect(Collectors.joining("／")),
        parts.stream().map(LocalText::en).collect(Collectors.joining("; ")));
  }
}
