package dejima.acceptance;

import dejima.acceptance.product.Caller;
import dejima.acceptance.product.NodeClients;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/// npm's `openai`, unchanged, in all three ways of addressing the gateway.
@ExtendWith(Demo.Shared.class)
class OpenAiNodeTest {
  @TestFactory
  Stream<DynamicTest> speaksWithTheOfficialClient(Demo demo) {
    Caller limited =
        demo.gateway().clientWith("{\"tenant\":\"node-limited\",\"requestsPerMinute\":1}");
    return NodeClients.checks(
        "openai.mjs",
        Map.of(
            "GATEWAY", demo.gateway().url().toString(),
            "KEY", demo.client().credential(),
            "LIMITED_KEY", limited.credential(),
            "MODEL", Demo.MODEL));
  }
}
