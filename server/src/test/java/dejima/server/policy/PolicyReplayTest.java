package dejima.server.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dejima.audit.PolicyReplay;
import dejima.evidence.DecisionReplay.Replay;
import dejima.evidence.Entry;
import dejima.evidence.Json;
import dejima.evidence.Receipt;
import dejima.gateway.Planning;
import dejima.residency.PolicyBundle;
import dejima.server.Specimen;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PolicyReplayTest {
  private static final PolicyReplay REPLAY = new PolicyReplay();

  /// The body that the log would keep, as far as a replay reads it.
  private static String body(Planning planning) {
    Entry entry =
        switch (planning) {
          case Planning.Planned(var plan) -> plan.next(0).orElseThrow().intent();
          case Planning.Refused(var refusal) -> refusal.entry();
          case Planning.Unreadable(var problem) -> throw new AssertionError(problem);
        };
    return Json.object()
        .put("tenant", entry.tenant())
        .putAll(entry.facts())
        .build()
        .canonicalText();
  }

  private static Replay replay(String body, Map<String, String> files) {
    return replay(body, files, Specimen.sites().sheet().json());
  }

  private static Replay replay(String body, Map<String, String> files, Json siteFacts) {
    return REPLAY.replay(
        (Json.Obj) Json.read(body.getBytes(UTF_8)).orThrow(),
        new Receipt.Documents(files, siteFacts));
  }

  @ParameterizedTest
  @CsvSource({
    "confidentiality-1, 2",
    "confidentiality-2, 2",
    "confidentiality-3, 2",
    "c1+my-number, 2"
  })
  void decidesAGenuineRecordTheSameAgain(String dataClass, int decisions) {
    for (PolicyBundle policy : new PolicyBundle[] {PolicyBundle.demo(), PolicyBundle.baseline()}) {
      String body = body(Specimen.plan(policy, dataClass, "\"hi\""));

      assertThat(replay(body, policy.files())).isEqualTo(new Replay.Same(decisions));
    }
  }

  @Test
  void decidesMediaAgainToo() {
    String content = "[{\"image_url\":{\"url\":\"https://a.example/\"}}]";
    String body = body(Specimen.plan(PolicyBundle.demo(), "c1", content));

    assertThat(replay(body, PolicyBundle.demo().files())).isEqualTo(new Replay.Same(3));
    assertThat(replay(body.replace("\"https\"", "\"data\""), PolicyBundle.demo().files()))
        .isInstanceOf(Replay.Different.class);
  }

  @ParameterizedTest
  @CsvSource({
    "'\"effect\":\"deny\"', '\"effect\":\"permit\"'",
    "'\"dataClass\":\"confidentiality-2\"', '\"dataClass\":\"confidentiality-3\"'",
    "'\"evidence\":\"E0\"', '\"evidence\":\"E9\"'",
    "'\"by\":[0', '\"by\":[7'",
    "'\"sites\":[\"home\"]', '\"sites\":[\"elsewhere\"]'",
    "'\"evidence\":\"E0\"', '\"locationMinutes\":-1,\"evidence\":\"E0\"'",
    "'\"evidence\":\"E0\"', '\"modelVerified\":3,\"evidence\":\"E0\"'",
    "'\"operation\":\"chat\"', '\"operation\":\"dance\"'",
    "'\"decisions\":', '\"decision\":'",
    "'\"tenant\":', '\"tenants\":'",
    "'\"declared\":\"confidentiality-2\"', '\"declared\":\"confidentiality-3\"'",
    "'\"declared\":\"confidentiality-2\"', '\"declared\":\"confidentiality-2+personal\"'",
    "'\"declared\":\"confidentiality-2\"', '\"declared\":2'",
  })
  void noticesWhatWasChanged(String genuine, String tampered) {
    String body = body(Specimen.plan(PolicyBundle.demo(), "confidentiality-2", "\"hi\""));
    assertThat(body).contains(genuine);

    assertThat(replay(body.replace(genuine, tampered), PolicyBundle.demo().files()))
        .isInstanceOf(Replay.Different.class);
  }

  @ParameterizedTest
  @CsvSource({
    "'\"declaredCountry\":\"US\"', '\"declaredCountry\":\"JP\"'",
    "'\"country\":\"US\"', '\"country\":\"JP\"'",
    "'\"control\":\"domestic\"', '\"control\":\"foreign\"'",
    "'\"control\":\"domestic\"', '\"control\":\"ours\"'",
    "'\"declaredCountry\":\"JP\"', '\"declaredCountry\":\"XX\"'",
    "'\"operator\":', '\"operators\":'",
    "'\"certifications\":[]', '\"certifications\":[\"seal-of-approval\"]'",
    "'\"site\":\"abroad\"', '\"site\":\"home\"'",
    "'\"japaneseLaw\":false', '\"japaneseLaw\":0'",
  })
  void noticesOtherFactsOfTheSites(String genuine, String tampered) {
    String body = body(Specimen.plan(PolicyBundle.demo(), "confidentiality-2", "\"hi\""));
    String facts = Specimen.sites().sheet().json().canonicalText();
    assertThat(facts).contains(genuine);
    Json forged = Json.read(facts.replace(genuine, tampered).getBytes(UTF_8)).orThrow();

    assertThat(replay(body, PolicyBundle.demo().files(), forged))
        .isInstanceOf(Replay.Different.class);
  }

  @Test
  void noticesAnotherPolicyOrNone() {
    String body = body(Specimen.plan(PolicyBundle.demo(), "confidentiality-2", "\"hi\""));

    assertThat(replay(body, PolicyBundle.baseline().files())).isInstanceOf(Replay.Different.class);
    assertThat(replay(body, Map.of())).isInstanceOf(Replay.Different.class);
    assertThat(replay(body, Map.of("rules/x.cel", "("))).isInstanceOf(Replay.Different.class);
  }

  @Test
  void provesNothingByARecordWithoutDecisions() {
    String body =
        "{\"dataClass\":\"confidentiality-1\",\"decisions\":{\"rules\":[],\"sites\":[]},\"model\":\"m\","
            + "\"operation\":\"chat\",\"project\":\"p\",\"tenant\":\"t\"}";

    assertThat(replay(body, PolicyBundle.demo().files())).isInstanceOf(Replay.Different.class);
  }
}
