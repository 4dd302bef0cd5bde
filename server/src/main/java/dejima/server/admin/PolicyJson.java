package dejima.server.admin;

import dejima.evidence.Json;
import dejima.residency.LocalText;
import dejima.residency.PolicyBundle;
import dejima.residency.Rule;
import java.util.Locale;

/// The policy as the admin plane writes it.
final class PolicyJson {
  private PolicyJson() {}

  static Json active(PolicyBundle bundle) {
    Json.Members members =
        Json.object()
            .put("id", bundle.id())
            .put("version", bundle.version())
            .put("hash", bundle.hash())
            .put("title", text(bundle.title()))
            .put("rules", Json.array(bundle.rules().stream().map(PolicyJson::rule).toList()));
    bundle.notice().ifPresent(notice -> members.put("notice", text(notice)));
    return members.build();
  }

  private static Json rule(Rule rule) {
    return Json.object()
        .put("id", rule.id())
        .put("effect", rule.effect().name().toLowerCase(Locale.ROOT))
        .put("title", text(rule.title()))
        .put("basis", text(rule.basis()))
        .put("remedy", text(rule.remedy()))
        .put("reviewed", rule.reviewed())
        .put("expression", rule.expression())
        .build();
  }

  static Json text(LocalText text) {
    return Json.object().put("ja", text.ja()).put("en", text.en()).build();
  }
}
