package dejima.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dejima.evidence.Commitment;
import dejima.evidence.Json;
import dejima.residency.Confidentiality;
import dejima.residency.Control;
import dejima.residency.DataClass;
import dejima.residency.EvidenceLevel;
import dejima.residency.LegalGrounds;
import dejima.residency.PolicyBundle;
import dejima.residency.RequestKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class GatewayTest {
  private final Gateway demo = Specimen.gateway(PolicyBundle.demo(), Specimen.demoSites());

  private static InferencePlan planned(Planning planning) {
    return switch (planning) {
      case Planning.Planned(InferencePlan plan) -> plan;
      case Planning.Refused(Refusal refusal) -> throw new AssertionError(refusal.problem());
      case Planning.Unreadable(Problem problem) -> throw new AssertionError(problem);
    };
  }

  private static Refusal refused(Planning planning) {
    assertThat(planning).isInstanceOf(Planning.Refused.class);
    return ((Planning.Refused) planning).refusal();
  }

  private static Problem unreadable(Planning planning) {
    assertThat(planning).isInstanceOf(Planning.Unreadable.class);
    return ((Planning.Unreadable) planning).problem();
  }

  private static Gateway.Request raw(String body, Route.Inference route) {
    return new Gateway.Request(
        Specimen.key("k", "s"), route, Optional.empty(), LegalGrounds.NONE, body.getBytes(UTF_8));
  }

  @Test
  void permitsDomesticSitesForConfidentialData() {
    InferencePlan plan = planned(demo.plan(Specimen.chat(Optional.of("機密性2"), "\"やあ\"")));

    assertThat(plan.record().decided().permitted())
        .containsExactlyInAnyOrder("sakura-ishikari", "softbank-sakai");
    assertThat(plan.record().decisions()).hasSize(4);
  }

  @Test
  void raisesTheClassByWhatInspectionFindsAndRefuses() {
    Refusal refusal =
        refused(demo.plan(Specimen.chat(Optional.of("confidentiality-1"), "\"123456789018\"")));

    assertThat(refusal.problem().status()).isEqualTo(403);
    assertThat(refusal.problem().code()).isEqualTo("denied_by_policy");
    assertThat(refusal.problem().message())
        .contains("confidentiality-1+personal+my-number", "inspection", "sakura-ishikari: rule ")
        .contains("to change it")
        .doesNotContain("123456789018");
    assertThat(refusal.entry().facts().string("reason")).contains("denied_by_policy");
  }

  @Test
  void believesNoDeclaredSiteUnderTheBaseline() {
    Gateway baseline = Specimen.gateway(PolicyBundle.baseline(), Specimen.demoSites());

    Refusal refusal = refused(baseline.plan(Specimen.chat(Optional.empty(), "\"hi\"")));

    assertThat(refusal.record().dataClass().effective()).isEqualTo(DataClass.UNLABELLED);
    assertThat(refusal.problem().message()).contains("set by unlabelled");
  }

  @Test
  void refusesEverythingWithoutAPolicy() {
    Gateway none = Specimen.gateway(PolicyBundle.none(), Specimen.demoSites());

    Refusal refusal = refused(none.plan(Specimen.chat(Optional.of("c1"), "\"hi\"")));

    assertThat(refusal.problem().message()).contains("no-policy");
  }

  @Test
  void countsMediaThatAnEngineWouldFetchAsDataLeaving() {
    Gateway.Request leaving =
        Specimen.chat(
            Optional.of("c1"), "[{\"image_url\":{\"url\":\"https://cdn.example/private/a.png\"}}]");
    Gateway.Request inline =
        Specimen.chat(
            Optional.of("c1"), "[{\"image_url\":{\"url\":\"data:image/png;base64,AAAA\"}}]");

    Refusal refusal = refused(demo.plan(leaving));

    assertThat(refusal.problem().code()).isEqualTo("media_denied_by_policy");
    assertThat(refusal.problem().message()).contains("cdn.example").doesNotContain("private");
    assertThat(refusal.entry().facts().array("media").orElseThrow()).hasSize(1);
    assertThat(planned(demo.plan(inline)).outline().media()).hasSize(1);
  }

  @Test
  void keepsTheLargestMediaListWithinAnEntry() {
    StringBuilder parts = new StringBuilder("[");
    for (int i = 0; i < 16; i++) {
      String host = "h%02d.".formatted(i) + "a".repeat(240) + ".example";
      parts.append(i == 0 ? "" : ",").append("{\"url\":\"https://").append(host).append("/\"}");
    }

    Refusal refusal =
        refused(demo.plan(Specimen.chat(Optional.of("c1"), parts.append("]").toString())));

    assertThat(refusal.entry().facts().canonicalBytes()).hasSizeLessThan(8_000);
  }

  @Test
  void keepsTheDecisionsAboutAHundredSitesWithinAnEntry() {
    List<Control> controls = List.of(Control.values());
    List<EvidenceLevel> levels = List.of(EvidenceLevel.values());
    List<SiteState> many = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      many.add(
          Specimen.site(
              "operator-metro-%03d".formatted(i),
              i % 3 == 0 ? "US" : "JP",
              controls.get(i % 3),
              levels.get(i % 6)));
    }
    Gateway wide = Specimen.gateway(PolicyBundle.baseline(), new SiteTable(many));

    Planning planning = wide.plan(Specimen.chat(Optional.of("c3+my-number+personal"), "\"hi\""));

    Json.Obj facts =
        planning instanceof Planning.Planned(InferencePlan plan)
            ? plan.next(0).orElseThrow().intent().facts()
            : refused(planning).entry().facts();
    assertThat(facts.canonicalBytes()).hasSizeLessThan(6_000);
    assertThat(facts.canonicalText()).contains("operator-metro-000", "operator-metro-099");
  }

  @Test
  void letsTheDeploymentInThePathNameTheModel() {
    Route.Inference azure =
        new Route.Inference(Dialect.AZURE, RequestKind.CHAT, Optional.of(Specimen.MODEL));

    InferencePlan same = planned(demo.plan(raw("{\"model\":\"" + Specimen.MODEL + "\"}", azure)));
    InferencePlan other = planned(demo.plan(raw("{\"model\":\"gpt-4o\"}", azure)));
    InferencePlan none = planned(demo.plan(raw("{}", azure)));

    assertThat(same.overriddenModel()).isEmpty();
    assertThat(other.overriddenModel()).contains(Specimen.MODEL);
    assertThat(none.overriddenModel()).contains(Specimen.MODEL);
  }

  @Test
  void saysWhatCannotBeRead() {
    assertThat(unreadable(demo.plan(raw("{", Specimen.CHAT))).code()).isEqualTo("invalid_body");
    assertThat(unreadable(demo.plan(raw("{}", Specimen.CHAT))).code()).isEqualTo("missing_model");
    assertThat(unreadable(demo.plan(raw("{\"model\":\"x\"}", Specimen.CHAT))).status())
        .isEqualTo(404);
    assertThat(unreadable(demo.plan(Specimen.chat(Optional.of("secret!"), "\"\""))).code())
        .isEqualTo("invalid_data_class");
  }

  @Test
  void neverFallsBelowTheProjectsClass() {
    Credential key =
        Specimen.key("k", "s", Optional.of(new DataClass(Confidentiality.C3, Set.of())));
    byte[] body = ("{\"model\":\"" + Specimen.MODEL + "\"}").getBytes(UTF_8);

    Refusal refusal =
        refused(
            demo.plan(
                new Gateway.Request(
                    key, Specimen.CHAT, Optional.of("c1"), LegalGrounds.NONE, body)));

    assertThat(refusal.record().dataClass().effective().level()).isEqualTo(Confidentiality.C3);
    assertThat(refusal.record().dataClass().setBy()).containsExactly("project");
  }

  @Test
  void commitsToTheClientsBytes() {
    byte[] body = ("{\"model\":\"" + Specimen.MODEL + "\"}").getBytes(UTF_8);
    InferencePlan plan =
        planned(
            demo.plan(
                new Gateway.Request(
                    Specimen.key("k", "s"),
                    Specimen.CHAT,
                    Optional.of("c1"),
                    LegalGrounds.NONE,
                    body)));

    assertThat(plan.record().requestCommitment())
        .isEqualTo(Commitment.to(plan.record().salt(), body));
    assertThat(plan.record().salt()).isEqualTo(new TenantSalt(new byte[32]).of(plan.record().id()));
  }

  @Test
  void sendsWhatAModelCannotDoToNoSite() {
    Route.Inference embeddings =
        new Route.Inference(Dialect.OPENAI, RequestKind.EMBEDDING, Optional.empty());

    Planning planning =
        demo.plan(raw("{\"model\":\"" + Specimen.MODEL + "\",\"input\":\"x\"}", embeddings));

    assertThat(unreadable(planning).code()).isEqualTo("unsupported_operation");
  }
}
