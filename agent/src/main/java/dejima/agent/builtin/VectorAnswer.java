package dejima.agent.builtin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;

/// Turns the pooled sequences of one request into embeddings of length 1.
record VectorAnswer(
    Question.Embedding question, String model, List<Sequence> sequences, Reply reply) {

  /// Follows the sequences to their ends and answers.
  void send() throws InterruptedException {
    ObjectNode answer = Reply.object().put("object", "list");
    ArrayNode data = answer.putArray("data");
    for (int i = 0; i < sequences.size(); i++) {
      switch (sequences.get(i).next()) {
        case Progress.Pooled(double[] mean) ->
            put(data.addObject().put("object", "embedding").put("index", i), unit(mean));
        case Progress.Cancelled() -> {
          reply.broken("cancelled");
          return;
        }
        case Progress.Broken(String reason) -> {
          reply.broken(reason);
          return;
        }
        case Progress.Chosen c -> throw new IllegalStateException("a token for a vector");
        case Progress.Finished f -> throw new IllegalStateException("an end without a vector");
        case Progress.OutOfRoom o -> throw new IllegalStateException("no room for a vector");
      }
    }
    int asked = sequences.stream().mapToInt(s -> s.prompt().length).sum();
    reply.whole(200, answer.put("model", model).set("usage", Usage.of(asked)));
  }

  private float[] unit(double[] mean) {
    double squares = 0;
    for (int i = 0; i < question.dimensions(); i++) {
      squares += mean[i] * mean[i];
    }
    double length = squares == 0 ? 1 : Math.sqrt(squares);
    float[] unit = new float[question.dimensions()];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = (float) (mean[i] / length);
    }
    return unit;
  }

  private void put(ObjectNode node, float[] vector) {
    if (question.base64()) {
      var bytes = ByteBuffer.allocate(4 * vector.length).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(vector);
      node.put("embedding", Base64.getEncoder().encodeToString(bytes.array()));
      return;
    }
    ArrayNode numbers = node.putArray("embedding");
    for (float number : vector) {
      numbers.add(number);
    }
  }
}
