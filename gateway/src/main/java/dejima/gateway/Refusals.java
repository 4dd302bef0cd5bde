package dejima.gateway;

import dejima.residency.Decision;
import dejima.residency.LocalText;
import dejima.residency.SiteDecision;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Puts a denial of the policy into words for the client: which rule, and what would have to
/// change.
final class Refusals {
  private static final LocalText NO_SITE =
      new LocalText("ポリシーが許可するサイトがない", "the policy permits no site");

  private static final LocalText NOT_SEALED =
      new LocalText(
          "封印先の拠点がE4で許可されていない", "the site that the prompt is sealed to is not permitted at E4");

  private Refusals() {}

  /// The refusal of a request of which a media URL or every site is denied.
  static Optional<Refusal> of(RequestRecord record, List<MediaDecision> media) {
    Optional<MediaDecision> deniedMedia =
        media.stream().filter(url -> !url.decision().permits()).findFirst();
    if (deniedMedia.isPresent()) {
      return Optional.of(
          refuse(record, media(deniedMedia.get()), deniedMedia.get().decision().reason()));
    }
    return record.decided().permitted().isEmpty()
        ? Optional.of(refuse(record, sites(record), NO_SITE))
        : Optional.empty();
  }

  /// The refusal of a sealed prompt that no permitted site can open.
  static Refusal sealed(RequestRecord record, SealedOutline sealed) {
    Problem problem =
        Problem.denied(
            "sealed_prompt_denied",
            "The prompt is sealed to site "
                + sealed.site()
                + ", which is not permitted at evidence level E4 just now, and no other site can open"
                + " it. Nothing was sent. './dejima sites list' shows the sites' levels; seal it to a"
                + " site at E4 with the key that its newest attestation names.");
    return refuse(record, problem, NOT_SEALED);
  }

  private static Refusal refuse(RequestRecord record, Problem problem, LocalText reason) {
    return new Refusal(record, problem, reason, record.refusal(problem));
  }

  private static Problem media(MediaDecision denied) {
    String where =
        denied.media().host().isEmpty()
            ? "a '" + denied.media().scheme() + "' URL"
            : denied.media().host();
    return Problem.denied(
        "media_denied_by_policy",
        "The request makes the engine fetch media from "
            + where
            + ", which counts as data leaving: "
            + because(denied.decision())
            + " Nothing was sent.");
  }

  private static Problem sites(RequestRecord record) {
    String reasons =
        record.decided().sites().stream().map(Refusals::site).collect(Collectors.joining(" "));
    return Problem.denied(
        "denied_by_policy",
        "The policy permits no site for data class "
            + record.dataClass().effective().label()
            + " (set by "
            + String.join(", ", record.dataClass().setBy())
            + "). Nothing was sent. "
            + reasons);
  }

  private static String site(SiteDecision decided) {
    return decided.site().id() + ": " + because(decided.decision());
  }

  private static String because(Decision decision) {
    return "rule "
        + String.join(", ", decision.ruleIds())
        + " ("
        + decision.reason().en()
        + "); to change it: "
        + decision.remedy().en()
        + ".";
  }
}
