package dejima.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dejima.acceptance.product.Caller;
import dejima.acceptance.product.Certificates;
import dejima.acceptance.product.Product;
import dejima.acceptance.product.Questions;
import dejima.acceptance.product.RawConnection;
import dejima.acceptance.product.Verifying;
import dejima.acceptance.site.Script;
import dejima.acceptance.site.StubSite;
import dejima.acceptance.site.StubWorld;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The public listener with `tls` configured.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsTest {
  private final StubWorld world = new StubWorld("tls");
  private final StubSite site = world.domestic("steady", "steady", Script.answers());
  private final Certificates certificates = Certificates.in(Product.newFolder("certificates"));
  private String key = "";

  @BeforeAll
  void start() {
    world.start(certificates.yaml());
    key = world.client().credential();
  }

  @AfterAll
  void stop() {
    world.close();
  }

  private URI url() {
    return URI.create("https://127.0.0.1:" + world.gateway().port());
  }

  private HttpRequest request(String question, boolean stream) {
    return HttpRequest.newBuilder(url().resolve("/v1/chat/completions"))
        .timeout(Duration.ofSeconds(30))
        .header("Authorization", "Bearer " + key)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(Questions.chat("steady", question, stream)))
        .build();
  }

  private static HttpClient client(SSLContext tls, Version version) {
    return HttpClient.newBuilder().sslContext(tls).version(version).build();
  }

  @ParameterizedTest
  @EnumSource(
      value = Version.class,
      names = {"HTTP_1_1", "HTTP_2"})
  void answersWhoeverTrustsItsAuthority(Version version) throws Exception {
    try (HttpClient client = client(certificates.trusting(), version)) {
      HttpResponse<String> whole = client.send(request("q", false), BodyHandlers.ofString());
      HttpResponse<String> stream = client.send(request("q", true), BodyHandlers.ofString());

      assertThat(whole.version()).isEqualTo(version);
      assertThat(whole.statusCode()).as(whole.body()).isEqualTo(200);
      assertThat(whole.body()).contains("出島");
      assertThat(stream.version()).isEqualTo(version);
      assertThat(stream.body()).endsWith("data: [DONE]\n\n");
      Verifying.genuine(
          world.gateway(),
          new Caller(client, url(), key),
          stream.headers().firstValue("dejima-receipt").orElseThrow());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Version.class,
      names = {"HTTP_1_1", "HTTP_2"})
  void explainsErrorsInTheDialect(Version version) throws Exception {
    try (HttpClient client = client(certificates.trusting(), version)) {
      HttpRequest nobody =
          HttpRequest.newBuilder(request("q", false), (_, _) -> true)
              .setHeader("Authorization", "Bearer dj_no_body")
              .build();

      HttpResponse<String> refused = client.send(nobody, BodyHandlers.ofString());

      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.body()).contains("invalid_api_key");
    }
  }

  @Test
  void showsACertificateThatStrangersDoNotTrust() throws NoSuchAlgorithmException {
    try (HttpClient client = client(SSLContext.getDefault(), Version.HTTP_2)) {
      assertThatThrownBy(() -> client.send(request("stranger", false), BodyHandlers.ofString()))
          .isInstanceOf(SSLHandshakeException.class);
    }
    assertThat(site.received()).noneMatch(body -> body.contains("stranger"));
  }

  @Test
  void closesPlainConnectionsWithoutAnswer() throws IOException, InterruptedException {
    String body = Questions.chat("steady", "in the clear", false);
    try (RawConnection plain = RawConnection.to(world.gateway().port())) {
      plain.send(
          "POST /v1/chat/completions HTTP/1.1\nHost: d\nAuthorization: Bearer "
              + key
              + "\nContent-Type: application/json\nContent-Length: "
              + body.length()
              + "\n\n"
              + body);

      assertThat(plain.readToEnd()).doesNotContain("HTTP/1.1 200", "(silence)");
    }
    assertThat(site.received()).noneMatch(asked -> asked.contains("in the clear"));
    try (HttpClient client = client(certificates.trusting(), Version.HTTP_1_1)) {
      assertThat(client.send(request("still", false), BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
    }
  }
}
