package dejima.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DialectTest {

  @Test
  void writesOpenAisErrorObject() {
    Problem problem = Problem.badRequest("invalid_body", "Say \"more\".").at("model");

    assertThat(new String(Dialect.OPENAI.error(problem), UTF_8))
        .isEqualTo(
            "{\"error\":{\"code\":\"invalid_body\",\"message\":\"Say \\\"more\\\".\","
                + "\"param\":\"model\",\"type\":\"invalid_request_error\"}}");
  }

  @Test
  void usesAzuresOwnCodesWhereItHasSome() {
    assertThat(code(Problem.notFound("model_not_found", "m"))).isEqualTo("DeploymentNotFound");
    assertThat(code(Problem.unauthenticated("invalid_api_key", "m"))).isEqualTo("401");
    assertThat(code(Problem.limited("rate_limit_exceeded", "m", 3))).isEqualTo("429");
    assertThat(code(Problem.denied("denied_by_policy", "m"))).isEqualTo("denied_by_policy");
  }

  private static String code(Problem problem) {
    String body = new String(Dialect.AZURE.error(problem), UTF_8);
    return body.replaceFirst(".*\"code\":\"([^\"]*)\".*", "$1");
  }

  @Test
  void endsABrokenStreamWithOneEventOnOneLine() {
    String event = new String(Dialect.OPENAI.errorEvent(Problem.badSite("two\nlines")), UTF_8);

    assertThat(event).startsWith("data: {\"error\":").endsWith("}\n\n");
    assertThat(event.substring(0, event.length() - 2)).doesNotContain("\n");
  }
}
