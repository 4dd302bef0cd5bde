package dejima.acceptance;

import dejima.acceptance.product.NodeClients;
import dejima.acceptance.product.Product;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/// The console in headless Chromium. A picture of it is left in `acceptance/target/console.png`.
@ExtendWith(Demo.Shared.class)
class ConsoleTest {
  @TestFactory
  Stream<DynamicTest> showsWhatHappens(Demo demo) {
    return NodeClients.checks(
        "console.mjs",
        Map.of(
            "GATEWAY", demo.gateway().url().toString(),
            "ADMIN", demo.gateway().adminUrl().toString(),
            "ADMIN_TOKEN", demo.gateway().adminToken(),
            "KEY", demo.client().credential(),
            "MODEL", Demo.MODEL,
            "PICTURE", Product.home().resolve("acceptance/target/console.png").toString()));
  }
}
