package dejima.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dejima.acceptance.product.Answer;
import dejima.acceptance.product.Caller;
import dejima.acceptance.product.Finished;
import dejima.acceptance.product.Product;
import dejima.acceptance.product.Questions;
import dejima.acceptance.product.RecordedDecisions;
import dejima.acceptance.product.Verifying;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Genuine receipts: what they say and that `dejima verify` accepts them.
@ExtendWith(Demo.Shared.class)
class ReceiptTest {
  private static final String CLASS = "Dejima-Data-Class";

  @Test
  void showsWhoWasPermittedAndWhichRuleRefusedTheOthers(Demo demo) {
    Answer answer =
        demo.client().ask(Demo.MODEL, "出島とは何ですか", CLASS, "confidentiality-2").expect(200);

    JsonNode body = Verifying.genuine(demo.gateway(), demo.client(), answer.receiptId());

    assertThat(body.path("finish").asText()).isEqualTo("complete");
    assertThat(body.path("dataClass").asText()).isEqualTo("confidentiality-2");
    assertThat(decision(body, "sakura-ishikari")).isEqualTo("permit");
    assertThat(decision(body, "softbank-sakai")).isEqualTo("permit");
    assertThat(decision(body, "azure-japaneast")).isEqualTo("deny");
    assertThat(decision(body, "us-west")).isEqualTo("deny");
    assertThat(body.path("siteSignature").path("statement").path("site").asText())
        .isEqualTo(answer.header("dejima-site"));
    assertThat(answer.header("dejima-site")).isIn("sakura-ishikari", "softbank-sakai");
    assertThat(body.path("policy").path("notice").toString()).isNotEmpty();
  }

  private static String decision(JsonNode body, String site) {
    assertThat(RecordedDecisions.allNameRules(body)).isTrue();
    return RecordedDecisions.effects(body).getOrDefault(site, "none");
  }

  @Test
  void opensTheCommitmentsToRequestAndResponseAndHoldsThePromise(Demo demo) {
    String question = Questions.chat(Demo.MODEL, "領収書とは", true);
    Answer answer = demo.client().post("/v1/chat/completions", question).expect(200);
    String receipt = demo.gateway().receipt(demo.client(), answer.receiptId());
    Path folder = Product.newFolder("openings");
    Path request = Verifying.write(folder.resolve("request"), bytes(question));
    Path response = Verifying.write(folder.resolve("response"), bytes(answer.text()));
    Path other = Verifying.write(folder.resolve("other"), bytes(answer.text() + " "));

    Finished right = verify(demo, receipt, request, response, answer.header("dejima-promise"));
    Finished wrong = verify(demo, receipt, request, other, answer.header("dejima-promise"));

    right.expect(0);
    assertThat(right.out()).contains("GENUINE", "Not proved");
    wrong.expect(Verifying.REFUSED);
  }

  private static Finished verify(
      Demo demo, String receipt, Path request, Path response, String promise) {
    return Verifying.verify(
        bytes(receipt),
        demo.gateway().keys(),
        "--request",
        request.toString(),
        "--response",
        response.toString(),
        "--promise",
        promise);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void recordsRefusalsToo(Demo demo) {
    Answer answer = demo.client().ask(Demo.MODEL, "q", CLASS, "my-number").expect(403);

    JsonNode body = Verifying.genuine(demo.gateway(), demo.client(), answer.receiptId());

    assertThat(body.path("kind").asText()).isEqualToIgnoringCase("refusal");
    assertThat(RecordedDecisions.effects(body)).hasSize(4).containsValue("deny");
    assertThat(RecordedDecisions.effects(body)).doesNotContainValue("permit");
    assertThat(body.path("reason").asText()).isEqualTo("denied_by_policy");
  }

  @Test
  void recordsAStreamThatTheClientLeft(Demo demo) throws IOException {
    HttpResponse<InputStream> answer = demo.client().askStreaming(Demo.MODEL, "長い話をしてください");
    assertThat(answer.body().read()).isPositive();
    answer.body().close();
    String id = answer.headers().firstValue("dejima-receipt").orElseThrow();

    JsonNode body = Verifying.genuine(demo.gateway(), demo.client(), id);

    // A short answer may already have been on the wire whole.
    assertThat(body.path("finish").asText()).isIn("cancelled", "complete");
  }

  @Test
  void keepsReceiptsFromOtherTenants(Demo demo) {
    String id = demo.client().ask(Demo.MODEL, "mine").expect(200).receiptId();
    Caller other = demo.gateway().client("another-tenant");

    Answer answer = other.get("/v1/receipts/" + id);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.errorCode()).isEqualTo("receipt_not_found");
  }

  @Test
  void neverLetsALabelLowerTheProjectsClass(Demo demo) {
    Caller strict =
        demo.gateway()
            .clientWith(
                """
                {"tenant":"acceptance","project":"strict","defaultClass":"my-number"}
                """);

    Answer answer = strict.ask(Demo.MODEL, "public?", CLASS, "confidentiality-1");

    assertThat(answer.expect(403).errorCode()).isEqualTo("denied_by_policy");
    assertThat(answer.header("dejima-data-class")).contains("my-number");
  }

  @Test
  void takesTheUnlabelledForConfidential(Demo demo) {
    assertThat(demo.client().ask(Demo.MODEL, "no label").expect(200).header("dejima-data-class"))
        .isEqualTo("confidentiality-2");
  }
}
