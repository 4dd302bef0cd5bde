package dejima.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dejima.acceptance.product.Answer;
import dejima.acceptance.product.Finished;
import dejima.acceptance.product.Product;
import dejima.acceptance.product.Verifying;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// `policy replay` on receipts that a running gateway gave: every decision comes out as recorded,
/// and none by a bundle or by facts that were changed.
@ExtendWith(Demo.Shared.class)
class PolicyReplayTest {
  private static final String CLASS = "Dejima-Data-Class";

  private static Finished replay(String receipt) {
    Path folder = Product.newFolder("replay");
    Path file =
        Verifying.write(folder.resolve("receipt"), receipt.getBytes(StandardCharsets.UTF_8));
    return Product.run(folder, "policy", "replay", file.toString(), "--json");
  }

  private static JsonNode only(Finished replayed) {
    return Answer.json(replayed.out()).path("receipts").get(0);
  }

  private static String permitted(Demo demo) {
    String id =
        demo.client().ask(Demo.MODEL, "判定", CLASS, "confidentiality-2").expect(200).receiptId();
    return demo.gateway().receipt(demo.client(), id);
  }

  private static String refused(Demo demo) {
    String id = demo.client().ask(Demo.MODEL, "判定", CLASS, "my-number").expect(403).receiptId();
    return demo.gateway().receipt(demo.client(), id);
  }

  /// The same file with another text in its `extra` line.
  private static String changed(String receipt, UnaryOperator<String> change) {
    String line =
        receipt.lines().filter(text -> text.startsWith("extra ")).findFirst().orElseThrow();
    String extra =
        new String(
            Base64.getDecoder().decode(line.substring("extra ".length())), StandardCharsets.UTF_8);
    String other = change.apply(extra);
    assertThat(other).isNotEqualTo(extra);
    String encoded = Base64.getEncoder().encodeToString(other.getBytes(StandardCharsets.UTF_8));
    return receipt.replace(line, "extra " + encoded);
  }

  @Test
  void decidesWhatAGatewayPermittedAndRefusedAgainAsRecorded(Demo demo) {
    for (String receipt : new String[] {permitted(demo), refused(demo)}) {
      Finished replayed = replay(receipt);

      assertThat(only(replayed.expect(0)).path("same").asBoolean()).isTrue();
      assertThat(only(replayed).path("decisions").asInt()).isGreaterThanOrEqualTo(4);
    }
  }

  @Test
  void refusesABundleThatWasChanged(Demo demo) {
    String forged =
        changed(permitted(demo), extra -> extra.replaceFirst("in the demo only", "in a demo only"));

    assertThat(only(replay(forged).expect(3)).path("reason").asText()).contains("policy inside");
  }

  @Test
  void refusesFactsThatWereChanged(Demo demo) {
    String forged =
        changed(
            permitted(demo),
            extra ->
                extra.replaceFirst(
                    "\"certifications\":\\[\\],\"control\":\"foreign\"",
                    "\"certifications\":[],\"control\":\"unknown\""));

    assertThat(only(replay(forged).expect(3)).path("reason").asText())
        .contains("sites' facts inside");
  }
}
