package dejima.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dejima.acceptance.product.Answer;
import dejima.acceptance.product.Caller;
import dejima.acceptance.product.Finished;
import dejima.acceptance.product.GatewayProcess;
import dejima.acceptance.product.Product;
import dejima.acceptance.product.Verifying;
import dejima.acceptance.site.Script;
import dejima.acceptance.site.StubSite;
import dejima.acceptance.site.StubWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The policy's directory is changed under a running gateway.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PolicyReloadTest {
  private static final String MISTAKE =
      """
      // id: broken
      // effect: forbid
      request.confidentiality >
        == 2
      """;

  private final StubWorld world = new StubWorld("policy");
  private final StubSite home = world.domestic("home", "steady", Script.answers());
  private final StubSite leased = world.site("leased", "leased", "JP", "foreign", Script.answers());
  private final GatewayProcess gateway = world.gateway();
  private final Path bundle = gateway.folder().resolve("bundle");

  @BeforeAll
  void start() {
    restore();
    world.startUnder(bundle.toString(), "");
  }

  @AfterAll
  void stop() {
    world.close();
  }

  /// The demo's bundle, as somebody would copy it to begin with.
  private void restore() {
    Path shipped =
        Product.home()
            .resolve("residency/src/main/resources/dejima/residency/bundles/demo-declared");
    try (Stream<Path> old = Files.exists(bundle) ? Files.walk(bundle) : Stream.empty();
        Stream<Path> files = Files.walk(shipped)) {
      for (Path file : old.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = bundle.resolve(shipped.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private Finished reload() {
    return Product.run(
        gateway.folder(),
        "policy",
        "reload",
        "--admin",
        gateway.adminUrl().toString(),
        "--data",
        gateway.data().toString());
  }

  private String inForce() {
    return gateway.admin().get("/admin/v1/policy").expect(200).json().path("hash").asText();
  }

  @Test
  void keepsTheOldBundleAndSaysWhereTheMistakeIs() throws IOException {
    restore();
    reload().expect(0);
    String before = inForce();
    Files.writeString(bundle.resolve("rules/045-broken.cel"), MISTAKE);
    Files.delete(bundle.resolve("rules/040-c2-needs-domestic-control.cel"));

    Finished refused = reload().expect(1);

    assertThat(refused.err())
        .contains("the old one stays in force", "045-broken.cel:4")
        .doesNotContain("\tat ");
    assertThat(inForce()).isEqualTo(before);
    assertDecidesAsBefore(before);
  }

  /// The rule that the bad bundle lacks still refuses, and what was permitted still is.
  private void assertDecidesAsBefore(String hash) {
    Caller client = world.client();
    Answer refused = client.ask("leased", "confidential").expect(403);
    assertThat(refused.text()).contains("c2-needs-domestic-control");
    assertThat(leased.received()).isEmpty();

    int before = home.received().size();
    Answer answer = client.ask("steady", "q").expect(200);
    assertThat(home.received()).hasSize(before + 1);
    JsonNode body = Verifying.genuine(gateway, client, answer.receiptId());
    assertThat(body.path("policy").path("hash").asText()).isEqualTo(hash);
  }

  @Test
  void keepsTheOldBundleWhenItsDirectoryIsGone() throws IOException {
    restore();
    reload().expect(0);
    String before = inForce();
    Path aside = Files.move(bundle, gateway.folder().resolve("aside"));

    Finished refused = reload().expect(1);

    Files.move(aside, bundle);
    assertThat(refused.err()).contains("the old one stays in force", bundle.toString());
    assertThat(inForce()).isEqualTo(before);
    assertDecidesAsBefore(before);
  }

  @Test
  void putsAChangedBundleInForceWithoutARestart() throws IOException {
    restore();
    reload().expect(0);
    String before = inForce();
    Files.delete(bundle.resolve("rules/081-permit-declared-domestic.cel"));

    Finished loaded = reload().expect(0);

    assertThat(inForce()).isNotEqualTo(before);
    assertThat(loaded.out()).contains(inForce());
    Caller client = world.client();
    Answer refused = client.ask("steady", "now refused").expect(403);
    assertThat(home.received()).noneMatch(request -> request.contains("now refused"));
    JsonNode body = Verifying.genuine(gateway, client, refused.receiptId());
    assertThat(body.path("policy").path("hash").asText()).isEqualTo(inForce());
  }
}
