package dejima.server.console;

import dejima.residency.SiteDecision;
import java.util.HashMap;
import java.util.Map;

/// A refusal as an item of the page's list, with what decided at every site.
final class RefusalView {
  private final Words words;
  private final Template item;
  private final Template site;

  RefusalView(Words words) {
    this.words = words;
    this.item = Template.read("refusal", words);
    this.site = Template.read("refused-site", words);
  }

  Html item(RefusalEvent refusal) {
    Map<String, String> fields = new HashMap<>();
    fields.put("id", refusal.id());
    fields.put("idShort", Figures.shortened(refusal.id(), 0, 7));
    fields.put("iso", Figures.iso(refusal.time()));
    fields.put("time", Figures.clock(refusal.time()));
    fields.put("level", Integer.toString(refusal.dataClass().level().level()));
    fields.put("classId", refusal.dataClass().label());
    fields.put("dataClass", RequestView.dataClass(refusal.dataClass(), words));
    fields.put("status", Integer.toString(refusal.status()));
    fields.put("model", refusal.model());
    fields.put("tenant", refusal.tenant());
    fields.put("reason", words.language().of(refusal.reason()));
    Html decisions = refusal.decisions().stream().map(this::site).collect(Html.joined());
    return item.fill(fields, Map.of("decisions", decisions));
  }

  private Html site(SiteDecision decided) {
    boolean permits = decided.decision().permits();
    return site.fill(
        Map.of(
            "effect", decided.decision().effect().word(),
            "sign", permits ? "✓" : "×",
            "said", words.get(permits ? "permit" : "deny"),
            "site", decided.site().id(),
            "titles", words.language().of(decided.decision().reason()),
            "rules", String.join(" ", decided.decision().ruleIds())));
  }
}
