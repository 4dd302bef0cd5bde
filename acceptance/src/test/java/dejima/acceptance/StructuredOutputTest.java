package dejima.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dejima.acceptance.product.Answer;
import dejima.acceptance.product.Verifying;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `response_format` through the gateway to the built-in engine, which writes plain text and says
/// so. ([LlamaServerTest] asks an engine that can hold an answer to a schema.)
@ExtendWith(Demo.Shared.class)
class StructuredOutputTest {
  /// Its addresses name things and are fetched by nobody, so the policy has no say in them.
  private static final String SCHEMA =
      """
      {"type":"json_schema","json_schema":{"name":"verdict","strict":true,"schema":{
        "$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://example.jp/verdict",
        "type":"object","properties":{"open":{"type":"boolean"},"url":{"type":"string","default":"https://example.jp/"}},
        "required":["open"],"additionalProperties":false}}}\
      """;

  private static String asking(String format) {
    return "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"出島\"}],\"response_format\":%s}"
        .formatted(Demo.MODEL, format);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/chat/completions",
        "/openai/v1/chat/completions",
        "/openai/deployments/builtin-selftest/chat/completions?api-version=2024-10-21"
      })
  void saysInTheDialectThatTheModelCannotHoldASchema(String path, Demo demo) {
    Answer answer = demo.client().post(path, asking(SCHEMA)).expect(400);

    JsonNode error = answer.json().path("error");
    assertThat(error.path("param").asText()).isEqualTo("response_format");
    assertThat(error.path("code").asText()).isEqualTo("unsupported_value");
    assertThat(error.path("message").asText()).contains("plain text", "another model");
    JsonNode body = Verifying.genuine(demo.gateway(), demo.client(), answer.receiptId());
    assertThat(body.path("status").asInt()).isEqualTo(400);
    assertThat(body.path("finish").asText()).isEqualTo("complete");
  }

  @Test
  void answersWhatAsksForText(Demo demo) {
    Answer answer = demo.client().post("/v1/chat/completions", asking("{\"type\":\"text\"}"));

    assertThat(answer.expect(200).json().path("choices")).hasSize(1);
  }
}
