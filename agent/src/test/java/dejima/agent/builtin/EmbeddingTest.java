package dejima.agent.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dejima.agent.EngineRequest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class EmbeddingTest {
  private static final BuiltinEngine ENGINE = TestEngines.engine();

  @AfterAll
  static void close() {
    ENGINE.close();
  }

  @Test
  void givesAVectorOfLengthOneForEachText() throws Exception {
    JsonNode answer =
        ask("{\"model\":\"builtin-selftest\",\"input\":[\"領収書\",\"a receipt\",\"天気\"]}");

    assertThat(answer.get("object").asText()).isEqualTo("list");
    assertThat(answer.get("data")).hasSize(3);
    for (int i = 0; i < 3; i++) {
      assertThat(answer.at("/data/" + i + "/index").asInt()).isEqualTo(i);
      double[] vector = vector(answer, i);
      assertThat(vector).hasSize(192);
      assertThat(product(vector, vector)).isCloseTo(1, within(1e-5));
    }
    assertThat(answer.at("/usage/prompt_tokens").asInt()).isGreaterThan(5);
  }

  @Test
  void writesTheSameNumbersInBase64() throws Exception {
    double[] numbers = vector(ask("{\"input\":\"Dejima\"}"), 0);

    String text =
        ask("{\"input\":\"Dejima\",\"encoding_format\":\"base64\"}")
            .at("/data/0/embedding")
            .asText();

    var floats =
        ByteBuffer.wrap(Base64.getDecoder().decode(text))
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer();
    assertThat(floats.remaining()).isEqualTo(192);
    for (double number : numbers) {
      assertThat(floats.get()).isEqualTo((float) number);
    }
  }

  @Test
  void shortensAndNormalisesAgain() throws Exception {
    double[] vector = vector(ask("{\"input\":\"Dejima\",\"dimensions\":16}"), 0);

    assertThat(vector).hasSize(16);
    assertThat(product(vector, vector)).isCloseTo(1, within(1e-5));
  }

  @Test
  void takesTokensInPlaceOfText() throws Exception {
    JsonNode answer = ask("{\"input\":[[1,400,401],[1,402]]}");

    assertThat(answer.get("data")).hasSize(2);
    assertThat(answer.at("/usage/total_tokens").asInt()).isEqualTo(5);
  }

  @Test
  void putsEqualTextsTogether() throws Exception {
    JsonNode answer =
        ask("{\"input\":[\"What is a receipt?\",\"What is a receipt\",\"フランスの首都はどこですか\"]}");

    double near = product(vector(answer, 0), vector(answer, 1));
    double far = product(vector(answer, 0), vector(answer, 2));
    assertThat(near).isGreaterThan(far);
  }

  private static JsonNode ask(String body) throws Exception {
    CollectedAnswer answer = CollectedAnswer.of(ENGINE, EngineRequest.EMBEDDING, body);
    assertThat(answer.status()).isEqualTo(200);
    return JsonMapper.builder().build().readTree(answer.text());
  }

  private static double[] vector(JsonNode answer, int index) {
    JsonNode numbers = answer.at("/data/" + index + "/embedding");
    double[] vector = new double[numbers.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = numbers.get(i).asDouble();
    }
    return vector;
  }

  private static double product(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
