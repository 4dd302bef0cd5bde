package dejima.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.residency.RequestKind;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RouteTest {

  @ParameterizedTest
  @CsvSource({
    "/v1/chat/completions, OPENAI, CHAT, ''",
    "/v1/completions, OPENAI, COMPLETION, ''",
    "/v1/embeddings, OPENAI, EMBEDDING, ''",
    "/openai/v1/chat/completions, AZURE, CHAT, ''",
    "/openai/deployments/gpt 4/chat/completions, AZURE, CHAT, gpt 4",
    "/openai/deployments/e/embeddings, AZURE, EMBEDDING, e",
  })
  void findsTheOperation(String path, Dialect dialect, RequestKind kind, String deployment) {
    Optional<String> named = deployment.isEmpty() ? Optional.empty() : Optional.of(deployment);

    assertThat(Route.of("POST", path, "2024-10-21"))
        .isEqualTo(new Route.Inference(dialect, kind, named));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/chat/completions, v, OPENAI, 405, method_not_allowed",
    "POST, /v1/models, v, OPENAI, 405, method_not_allowed",
    "POST, /v1/images, v, OPENAI, 404, unknown_path",
    "POST, /v1/, v, OPENAI, 404, unknown_path",
    "POST, /v1/chat/completions/, v, OPENAI, 404, unknown_path",
    "POST, /openai/deployments/x/chat/completions, '', AZURE, 400, MissingApiVersionParameter",
    "POST, /openai/deployments//chat/completions, v, AZURE, 404, unknown_path",
    "POST, /openai/deployments/x, v, AZURE, 404, unknown_path",
    "GET, /openai/deployments/x/models, v, AZURE, 404, unknown_path",
    "POST, /elsewhere, v, OPENAI, 404, unknown_path",
  })
  void saysWhatIsWrongWithAPath(
      String method, String path, String version, Dialect dialect, int status, String code) {
    Route route = Route.of(method, path, version);

    assertThat(route).isInstanceOf(Route.Unusable.class);
    Problem problem = ((Route.Unusable) route).problem();
    assertThat(route.dialect()).isEqualTo(dialect);
    assertThat(problem.status()).isEqualTo(status);
    assertThat(problem.code()).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "x=1, ''",
    "api-version=2024-10-21, 2024-10-21",
    "x=%zz&api-version=v&api-version=w, v",
    "api-version=%, %",
    "xapi-version=1, ''",
    "api-version, ''"
  })
  void readsTheVersionOutOfAnyQuery(String query, String version) {
    assertThat(Route.apiVersion(query)).isEqualTo(version);
  }

  @ParameterizedTest
  @CsvSource({
    "st%65ady, steady",
    "%E5%87%BA%E5%B3%B6, 出島",
    "meta%2Fllama, meta/llama",
    "a+b, a+b",
    "gpt 4, gpt 4"
  })
  void decodesNamesInAPath(String written, String name) {
    assertThat(Route.of("POST", "/openai/deployments/" + written + "/embeddings", "v"))
        .isEqualTo(new Route.Inference(Dialect.AZURE, RequestKind.EMBEDDING, Optional.of(name)));
    assertThat(Route.of("GET", "/v1/models/" + written, ""))
        .isEqualTo(new Route.Model(Dialect.OPENAI, name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%4", "%zz", "a%-1"})
  void findsNothingUnderANameThatCannotBeDecoded(String written) {
    assertThat(Route.of("GET", "/v1/models/" + written, "")).isInstanceOf(Route.Unusable.class);
    assertThat(Route.of("POST", "/openai/deployments/" + written + "/embeddings", "v"))
        .isInstanceOf(Route.Unusable.class);
  }

  @Test
  void listsModelsInBothDialects() {
    assertThat(Route.of("GET", "/v1/models", "")).isEqualTo(new Route.Models(Dialect.OPENAI));
    assertThat(Route.of("HEAD", "/openai/models", "v")).isEqualTo(new Route.Models(Dialect.AZURE));
    assertThat(Route.of("GET", "/v1/models/a/b", ""))
        .isEqualTo(new Route.Model(Dialect.OPENAI, "a/b"));
  }
}
