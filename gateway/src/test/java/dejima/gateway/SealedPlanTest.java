package dejima.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dejima.evidence.Json;
import dejima.residency.Control;
import dejima.residency.EvidenceLevel;
import dejima.residency.LegalGrounds;
import dejima.residency.PolicyBundle;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Sealed prompts go unread to the one site that can open them, or nowhere.
final class SealedPlanTest {
  private static final String KEY = "ab".repeat(32);

  private static String sealed(String site, String dataClass) {
    return Json.object()
        .put("dejimaSealed", 2)
        .put("model", Specimen.MODEL)
        .put("class", dataClass)
        .put("site", site)
        .put("key", KEY)
        .put("issued", 1_763_000_000_000L)
        .put("enc", "AAAA")
        .put("ciphertext", "123456789018")
        .build()
        .canonicalText();
  }

  private static Planning plan(EvidenceLevel level, String body, Optional<String> header) {
    SiteTable sites =
        new SiteTable(
            List.of(
                Specimen.site("other", "JP", Control.DOMESTIC, EvidenceLevel.E4),
                Specimen.site("closed", "JP", Control.DOMESTIC, level)));
    return Specimen.gateway(PolicyBundle.demo(), sites)
        .plan(
            new Gateway.Request(
                Specimen.key("k", "s"),
                Specimen.CHAT,
                header,
                LegalGrounds.NONE,
                body.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void goesToTheNamedSiteAloneAndIsMarked() {
    assertThat(plan(EvidenceLevel.E4, sealed("closed", "confidentiality-1"), Optional.empty()))
        .isInstanceOfSatisfying(
            Planning.Planned.class,
            planned -> {
              RequestRecord record = planned.plan().record();
              assertThat(planned.plan().next(0).map(attempt -> attempt.site().id()))
                  .contains("closed");
              assertThat(record.dataClass().effective().label()).isEqualTo("confidentiality-1");
              assertThat(record.refusal(Problem.denied("x", "x")).facts().string("sealed"))
                  .contains(KEY);
            });
  }

  @ParameterizedTest
  @EnumSource(value = EvidenceLevel.class, names = "E4", mode = EnumSource.Mode.EXCLUDE)
  void goesNowhereWhereTheSiteIsNotAtE4(EvidenceLevel level) {
    assertThat(plan(level, sealed("closed", "confidentiality-1"), Optional.empty()))
        .isInstanceOfSatisfying(
            Planning.Refused.class,
            refused ->
                assertThat(refused.refusal().problem().code())
                    .isIn("sealed_prompt_denied", "denied_by_policy"));
  }

  @Test
  void goesNowhereWhereNobodyCanOpenIt() {
    assertThat(plan(EvidenceLevel.E4, sealed("third", "confidentiality-1"), Optional.empty()))
        .isInstanceOf(Planning.Refused.class);
  }

  @Test
  void joinsTheClassOnTheEnvelopeWithTheHeader() {
    assertThat(
            plan(
                EvidenceLevel.E4,
                sealed("closed", "confidentiality-1"),
                Optional.of("confidentiality-2")))
        .isInstanceOfSatisfying(
            Planning.Planned.class,
            planned ->
                assertThat(planned.plan().record().dataClass().effective().label())
                    .isEqualTo("confidentiality-2"));
  }

  @ParameterizedTest
  @CsvSource({
    "'\"dejimaSealed\":2', '\"dejimaSealed\":1'",
    "'\"dejimaSealed\":2', '\"dejimaSealed\":2,\"messages\":[]'",
    "'\"issued\":1763000000000,', ''",
    "'\"class\":\"confidentiality-1\"', '\"class\":\"secret\"'",
    "'\"class\":\"confidentiality-1\",', ''",
    "'\"site\":\"closed\"', '\"site\":7'",
    "'\"key\":\"abab', '\"key\":\"ABAB'"
  })
  void refusesEveryOtherEnvelope(String from, String to) {
    String changed = sealed("closed", "confidentiality-1").replace(from, to);

    assertThat(plan(EvidenceLevel.E4, changed, Optional.empty()))
        .isInstanceOf(Planning.Unreadable.class);
  }

  @Test
  void goesNowhereWhereThePathNamesAnotherModel() {
    Route azure = Route.of("POST", "/openai/deployments/another/chat/completions", "2024-10-21");
    SiteTable sites =
        new SiteTable(List.of(Specimen.site("closed", "JP", Control.DOMESTIC, EvidenceLevel.E4)));

    assertThat(
            Specimen.gateway(PolicyBundle.demo(), sites)
                .plan(
                    new Gateway.Request(
                        Specimen.key("k", "s"),
                        (Route.Inference) azure,
                        Optional.empty(),
                        LegalGrounds.NONE,
                        sealed("closed", "confidentiality-1").getBytes(StandardCharsets.UTF_8))))
        .isInstanceOfSatisfying(
            Planning.Unreadable.class,
            refused -> assertThat(refused.problem().code()).isEqualTo("sealed_for_another_model"));
  }

  @FuzzTest
  void neverThrows(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    plan(EvidenceLevel.E4, "{\"dejimaSealed\":" + text + "}", Optional.empty());
  }
}
