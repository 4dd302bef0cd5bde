package dejima.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dejima.acceptance.product.Answer;
import dejima.acceptance.product.Caller;
import dejima.acceptance.product.Eventually;
import dejima.acceptance.product.Finished;
import dejima.acceptance.product.Product;
import dejima.acceptance.product.Verifying;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Keys: nobody gets in without one, and each ends when it should and allows what it should.
@ExtendWith(Demo.Shared.class)
class KeysTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  @Test
  void letsNobodyInWithoutAKey(Demo demo) {
    assertRefused(demo.gateway().clientOf(""), "missing_api_key");
    assertRefused(demo.gateway().clientOf("dj_unknown_key"), "invalid_api_key");
    assertRefused(demo.gateway().clientOf(demo.client().credential() + "x"), "invalid_api_key");
    assertRefused(demo.gateway().clientOf("x".repeat(5_000)), "invalid_api_key");
  }

  private static void assertRefused(Caller caller, String code) {
    Answer answer = caller.ask(Demo.MODEL, "let me in");
    assertThat(answer.expect(401).errorCode()).isEqualTo(code);
    assertThat(answer.text()).contains("dejima keys create");
    assertThat(answer.header("www-authenticate")).isNotEmpty();
    assertThat(caller.get("/v1/models").status()).isEqualTo(401);
    assertThat(caller.get("/v1/receipts/rcpt_00000000000000000000000000").status()).isEqualTo(401);
  }

  @Test
  void endsAKeyWhenItIsRevoked(Demo demo) {
    Finished created = keys(demo, "create", "--tenant", "leaver", "--json").expect(0);
    JsonNode key = Answer.json(created.out());
    Caller leaver = demo.gateway().clientOf(key.path("key").asText());
    leaver.get("/v1/models").expect(200);

    keys(demo, "revoke", key.path("id").asText()).expect(0);

    Eventually.holds(
        SOON, () -> leaver.get("/v1/models").status() == 401, () -> "the key still works");
    assertThat(leaver.get("/v1/models").errorCode()).isEqualTo("revoked_api_key");
    assertThat(keys(demo, "list").expect(0).out()).contains("revoked", "leaver");
    assertThat(keys(demo, "revoke", "nosuch").exit()).isEqualTo(1);
  }

  private static Finished keys(Demo demo, String... words) {
    return command(demo, Stream.concat(Stream.of("keys"), Stream.of(words)).toArray(String[]::new));
  }

  private static Finished command(Demo demo, String... words) {
    String[] where = {
      "--admin", demo.gateway().adminUrl().toString(), "--data", demo.gateway().data().toString()
    };
    return Product.run(
        demo.gateway().folder(),
        Stream.of(words, where).flatMap(Stream::of).toArray(String[]::new));
  }

  @Test
  void forgetsATenantForEver(Demo demo) {
    JsonNode key =
        Answer.json(keys(demo, "create", "--tenant", "erased", "--json").expect(0).out());
    Caller erased = demo.gateway().clientOf(key.path("key").asText());
    Answer answer = erased.ask(Demo.MODEL, "hello").expect(200);
    String receipt = "/v1/receipts/" + answer.header("dejima-receipt");
    Eventually.holds(
        SOON, () -> erased.get(receipt).status() == 200, () -> "the receipt does not come");

    assertThat(command(demo, "tenants", "forget", "erased").exit()).isEqualTo(2);
    erased.get(receipt).expect(200);
    JsonNode forgotten =
        Answer.json(
            command(demo, "tenants", "forget", "erased", "--yes", "--json").expect(0).out());

    assertThat(forgotten.path("pseudonym").asText()).isEqualTo(key.path("pseudonym").asText());
    assertThat(forgotten.path("keysRevoked").asInt()).isEqualTo(1);
    assertThat(erased.get(receipt).expect(401).errorCode()).isEqualTo("revoked_api_key");
    assertThat(keys(demo, "list").expect(0).out()).contains("(forgotten)").doesNotContain("erased");
    JsonNode next =
        Answer.json(keys(demo, "create", "--tenant", "erased", "--json").expect(0).out());
    assertThat(next.path("pseudonym").asText()).isNotEqualTo(key.path("pseudonym").asText());
    Caller stranger = demo.gateway().clientOf(next.path("key").asText());
    assertThat(stranger.get(receipt).status()).isEqualTo(404);
    assertThat(command(demo, "tenants", "forget", "nobody", "--yes").exit()).isEqualTo(1);
  }

  @Test
  void destroysTheSaltOfOneReceiptAndOfOlderOnes(Demo demo) {
    Caller tenant = demo.gateway().client("sparing");
    String first = tenant.ask(Demo.MODEL, "one").expect(200).receiptId();
    String second = tenant.ask(Demo.MODEL, "two").expect(200).receiptId();
    demo.gateway().receipt(tenant, first);
    demo.gateway().receipt(tenant, second);

    assertThat(command(demo, "receipt", "forget", first).exit()).isEqualTo(2);
    assertThat(command(demo, "receipt", "forget", first, "--yes").expect(0).out())
        .contains("1 other receipts");

    Answer gone = tenant.get("/v1/receipts/" + first).expect(410);
    assertThat(gone.errorCode()).isEqualTo("receipt_destroyed");
    Verifying.genuine(demo.gateway(), tenant, second);
    String third = tenant.ask(Demo.MODEL, "three").expect(200).receiptId();
    Verifying.genuine(demo.gateway(), tenant, third);

    String now = InstantSource.system().instant().atOffset(ZoneOffset.UTC).toString();
    command(demo, "tenants", "forget", "sparing", "--before", now, "--yes").expect(0);
    assertThat(tenant.get("/v1/receipts/" + second).status()).isEqualTo(410);
    Verifying.genuine(demo.gateway(), tenant, third);
    assertThat(command(demo, "receipt", "forget", first, "--yes").exit()).isEqualTo(1);
  }

  @Test
  void endsAKeyWhenItExpires(Demo demo) {
    Caller brief =
        demo.gateway()
            .clientWith(
                "{\"tenant\":\"brief\",\"expires\":\"%s\"}"
                    .formatted(InstantSource.system().instant().plusSeconds(3)));
    brief.get("/v1/models").expect(200);

    Eventually.holds(
        SOON, () -> brief.get("/v1/models").status() == 401, () -> "the key still works");
    assertThat(brief.get("/v1/models").errorCode()).isEqualTo("expired_api_key");
  }

  @Test
  void limitsRequests(Demo demo) {
    Caller limited = demo.gateway().clientWith("{\"tenant\":\"limited\",\"requestsPerMinute\":2}");
    limited.ask(Demo.MODEL, "one").expect(200);
    limited.ask(Demo.MODEL, "two").expect(200);

    Answer third = limited.ask(Demo.MODEL, "three").expect(429);

    assertThat(third.errorCode()).isEqualTo("rate_limit_exceeded");
    assertThat(Integer.parseInt(third.header("retry-after"))).isBetween(1, 60);
  }

  @Test
  void keepsNoKeyInTheDataDirectoryAndNoSecretInTheLog(Demo demo) throws IOException {
    demo.client().ask(Demo.MODEL, "prompt-canary-7131").expect(200);
    String secret =
        demo.client().credential().substring(demo.client().credential().lastIndexOf('_') + 1);

    String output = demo.gateway().process().output();

    assertThat(output).doesNotContain("prompt-canary-7131").doesNotContain(secret);
    try (Stream<Path> files = Files.walk(demo.gateway().data())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(contains(file, secret)).as(file.toString()).isFalse();
      }
    }
  }

  private static boolean contains(Path file, String word) {
    try {
      return Files.size(file) < 64 << 20
          && Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1).contains(word);
    } catch (IOException vanished) {
      return false;
    }
  }

  @Test
  void reportsEveryMistakeInAKeyRequest(Demo demo) {
    Answer answer =
        demo.gateway()
            .admin()
            .post(
                "/admin/v1/keys",
                "{\"tenant\":7,\"color\":\"red\",\"expires\":\"soon\",\"concurrent\":-1}")
            .expect(400);

    assertThat(answer.text()).contains("tenant", "color", "expires", "concurrent");
  }

  @Test
  void keepsTheAdminPlaneShut(Demo demo) {
    Caller stranger = new Caller(demo.gateway().adminUrl(), "");
    Caller withApiKey = new Caller(demo.gateway().adminUrl(), demo.client().credential());

    for (String path : new String[] {"/", "/admin/v1/keys", "/admin/v1/events", "/metrics"}) {
      assertThat(stranger.get(path).status()).as(path).isEqualTo(401);
      assertThat(withApiKey.get(path).status()).as(path).isEqualTo(401);
    }
    assertThat(demo.client().get("/admin/v1/keys").status()).isEqualTo(404);
  }
}
