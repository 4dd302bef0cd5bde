package dejima.acceptance;

import dejima.acceptance.product.Answer;
import dejima.acceptance.product.NodeClients;
import dejima.acceptance.product.Product;
import dejima.acceptance.product.Questions;
import dejima.acceptance.product.Verifying;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/// Receipts checked by the code that browsers run: its modules in Node on forgeries of every kind,
/// and its page in Chromium.
@ExtendWith(Demo.Shared.class)
class CheckItYourselfTest {
  @TestFactory
  Stream<DynamicTest> refusesWhatIsForged(Demo demo) throws IOException {
    return NodeClients.checks("receipt-check.mjs", environment(demo));
  }

  @TestFactory
  Stream<DynamicTest> worksInABrowser(Demo demo) throws IOException {
    return NodeClients.checks("check-page.mjs", environment(demo));
  }

  private static Map<String, String> environment(Demo demo) throws IOException {
    Path folder = Product.newFolder("check");
    String question = Questions.chat(Demo.MODEL, "出島とは何ですか", false);
    Answer answer = demo.client().post("/v1/chat/completions", question).expect(200);
    Answer refused =
        demo.client()
            .post("/v1/chat/completions", question, "Dejima-Data-Class", "my-number")
            .expect(403);
    Answer other = demo.client().ask(Demo.MODEL, "別の質問").expect(200);
    write(folder, "request.json", question);
    write(folder, "response.json", answer.text());
    write(folder, "receipt.txt", demo.gateway().receipt(demo.client(), answer.receiptId()));
    write(folder, "refusal.txt", demo.gateway().receipt(demo.client(), refused.receiptId()));
    write(folder, "other.txt", demo.gateway().receipt(demo.client(), other.receiptId()));
    write(folder, "keys.pub", Files.readString(demo.gateway().keys()));
    return Map.of(
        "ADMIN", demo.gateway().adminUrl().toString(),
        "ADMIN_TOKEN", demo.gateway().adminToken(),
        "FOLDER", folder.toString(),
        "ID", answer.receiptId());
  }

  private static void write(Path folder, String name, String text) {
    Verifying.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
  }
}
