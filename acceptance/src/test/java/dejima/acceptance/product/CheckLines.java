package dejima.acceptance.product;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// What programs of other languages report: one JSON line, `check` and `error`, for each check.
final class CheckLines {
  private CheckLines() {}

  /// A test of each line; at least one there must be.
  static Stream<DynamicTest> tests(Finished finished) {
    List<JsonNode> checks =
        finished
            .expect(0)
            .out()
            .lines()
            .filter(line -> line.startsWith("{"))
            .map(Answer::json)
            .toList();
    if (checks.isEmpty()) {
      throw new AssertionError("no check was made: " + finished);
    }
    return checks.stream().map(CheckLines::test);
  }

  private static DynamicTest test(JsonNode check) {
    return DynamicTest.dynamicTest(
        check.path("check").asText(),
        () -> {
          if (!check.path("error").asText().isEmpty()) {
            throw new AssertionError(check.path("error").asText());
          }
        });
  }
}
