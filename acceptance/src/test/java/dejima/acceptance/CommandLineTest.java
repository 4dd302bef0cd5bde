package dejima.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dejima.acceptance.product.Answer;
import dejima.acceptance.product.Finished;
import dejima.acceptance.product.FreePorts;
import dejima.acceptance.product.Product;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The command line as people and scripts use it.
@ExtendWith(Demo.Shared.class)
class CommandLineTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "demo --help",
        "serve --help",
        "agent --help",
        "keys --help",
        "keys create --help",
        "chat --help",
        "receipt get --help",
        "verify --help",
        "witness init --help",
        "witness serve --help",
        "monitor --help",
        "ledger --help",
        "policy check --help",
        "sites list --help"
      })
  void explainsEveryCommand(String words) {
    Finished help = Product.run(Product.home(), words.split(" "));

    assertThat(help.expect(0).out()).contains("Usage: dejima");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "serve --nonsense", "verify", "chat"})
  void saysHowACommandIsUsed(String words) {
    Finished wrong = Product.run(Product.home(), words.split(" "));

    assertThat(wrong.expect(2).err()).isNotBlank().doesNotContain("\tat ");
  }

  private static Finished atDemo(Demo demo, String... words) {
    return Product.run(demo.gateway().folder(), words);
  }

  @Test
  void goesFromAQuestionToAProvenAnswer(Demo demo) {
    String gateway = demo.gateway().url().toString();
    String key = demo.client().credential();
    Finished chat =
        atDemo(demo, "chat", "出島とは何ですか", "--gateway", gateway, "--key", key, "--class", "機密性2");
    String id = chat.expect(0).out().replaceAll("(?s).*(rcpt_[0-9A-Za-z]{26}).*", "$1");
    Path receipt = demo.gateway().folder().resolve("cli-receipt.txt");

    atDemo(demo, "receipt", "get", id, "--gateway", gateway, "--key", key, "-o", receipt.toString())
        .expect(0);
    Finished verified =
        atDemo(
            demo,
            "verify",
            receipt.toString(),
            "--keys",
            demo.gateway().keys().toString(),
            "--json");

    assertThat(Files.exists(receipt)).isTrue();
    JsonNode verdict = Answer.json(verified.expect(0).out());
    assertThat(verdict.path("verdict").asText()).isEqualTo("genuine");
    assertThat(verdict.path("notProved")).isNotEmpty();
  }

  @Test
  void saysWhyAQuestionIsRefused(Demo demo) {
    Finished refused =
        atDemo(
            demo,
            "chat",
            "q",
            "--gateway",
            demo.gateway().url().toString(),
            "--key",
            demo.client().credential(),
            "--class",
            "my-number");

    assertThat(refused.expect(1).err()).contains("rule", "us-west").doesNotContain("\tat ");
  }

  @Test
  void listsSitesForPeopleAndScripts(Demo demo) {
    String[] where = {
      "--admin", demo.gateway().adminUrl().toString(), "--data", demo.gateway().data().toString()
    };
    Finished people = atDemo(demo, "sites", "list", where[0], where[1], where[2], where[3]);
    Finished scripts =
        atDemo(demo, "sites", "list", "--json", where[0], where[1], where[2], where[3]);

    assertThat(people.expect(0).out()).contains("sakura-ishikari", "us-west", "foreign", "E0");
    assertThat(Answer.json(scripts.expect(0).out()).path("sites")).hasSizeGreaterThanOrEqualTo(4);
  }

  @Test
  void saysThatNobodyAnswers() {
    String nowhere = "http://127.0.0.1:" + FreePorts.take(1).getFirst();

    Finished failed =
        Product.run(Product.newFolder("nobody"), "chat", "q", "--gateway", nowhere, "--key", "x");

    assertThat(failed.expect(1).err()).contains(nowhere, "./dejima").doesNotContain("\tat ");
  }

  @Test
  void checksTheShippedBundles() {
    Path bundles = Product.home().resolve("residency/src/main/resources/dejima/residency/bundles");
    for (String bundle : new String[] {"japan-baseline", "demo-declared"}) {
      Finished checked = Product.run(bundles, "policy", "check", bundle);

      assertThat(checked.expect(0).out()).contains(bundle, "hash ");
    }
  }
}
