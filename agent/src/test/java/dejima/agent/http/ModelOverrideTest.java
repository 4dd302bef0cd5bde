package dejima.agent.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelOverrideTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"model\":\"a\",\"n\":1} | {\"model\":\"b\",\"n\":1}",
        "{ \"n\" : [1,{\"model\":\"x\"}] , \"model\" : \"日本\" } | { \"n\" : [1,{\"model\":\"x\"}] , \"model\" : \"b\" }",
        "{\"model\":null} | {\"model\":\"b\"}",
        "{\"n\":1} | {\"model\":\"b\",\"n\":1}",
        "{} | {\"model\":\"b\"}",
        "{\"m\\u006fdel\":\"a\"} | {\"m\\u006fdel\":\"b\"}",
        "[1] | [1]",
        "{\"broken | {\"broken"
      })
  void changesNothingButTheModel(String body, String expected) {
    assertThat(apply(body, "b")).isEqualTo(expected);
  }

  @Test
  void escapesTheName() {
    assertThat(apply("{}", "a\"b")).isEqualTo("{\"model\":\"a\\\"b\"}");
  }

  private static String apply(String body, String model) {
    byte[] changed = ModelOverride.apply(body.getBytes(StandardCharsets.UTF_8), model);
    return new String(changed, StandardCharsets.UTF_8);
  }
}
