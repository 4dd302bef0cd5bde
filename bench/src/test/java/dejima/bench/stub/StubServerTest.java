package dejima.bench.stub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StubServerTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SiteIdentity identity;
  private StubServer stub;
  private HttpClient client;

  @BeforeAll
  void start(@TempDir Path directory) throws GeneralSecurityException, IOException {
    identity = SiteIdentity.create(directory, "site");
    stub = StubServer.start(identity);
    client = HttpClient.newBuilder().sslContext(trusting(certificate())).build();
  }

  @AfterAll
  void stop() {
    client.close();
    stub.close();
  }

  @Test
  void answersTheSameBytesOverTlsAndInTheClear() throws IOException, InterruptedException {
    byte[] body = Answers.request(StubModel.BURST, false);

    var secure = post("https://127.0.0.1:" + stub.securePort(), body);
    var plain = post("http://127.0.0.1:" + stub.plainPort(), body);

    assertThat(secure.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
    assertThat(secure.body()).isEqualTo(plain.body()).isEqualTo(Answers.json(StubModel.BURST));
  }

  @Test
  void streamsEveryChunkAndTheClosingEvent() throws IOException, InterruptedException {
    var answer =
        post("http://127.0.0.1:" + stub.plainPort(), Answers.request(StubModel.DRIP, true));

    assertThat(answer.headers().firstValue("content-type")).contains("text/event-stream");
    assertThat(answer.body()).isEqualTo(Answers.stream(StubModel.DRIP));
    assertThat(new String(answer.body(), StandardCharsets.UTF_8).split("\n\n")).hasSize(51);
  }

  @Test
  void refusesWhatItDoesNotServe() throws IOException, InterruptedException {
    for (String body :
        new String[] {
          "", "[]", "{", "{\"model\":\"other\"}", "{\"model\":\"bench-50x0\",\"stream\":\"x\"}"
        }) {
      assertThat(
              post("http://127.0.0.1:" + stub.plainPort(), body.getBytes(StandardCharsets.UTF_8))
                  .statusCode())
          .as(body)
          .isEqualTo(400);
    }
    assertThat(get("/nothing").statusCode()).isEqualTo(404);
  }

  @Test
  void reportsItsModelsAsASiteDoes() throws IOException, InterruptedException {
    JsonNode status = JSON.readTree(get("/dejima/v1/status").body());
    JsonNode models = JSON.readTree(get("/v1/models").body());

    assertThat(status.path("models").findValuesAsText("id"))
        .isEqualTo(models.findValuesAsText("id"))
        .contains("bench-50x0");
    assertThat(status.path("capacity").path("concurrent").asInt()).isGreaterThan(1_000);
    assertThat(status.path("standIn").asBoolean()).isTrue();
  }

  @Test
  void asksAndAnswersAboutOneKilobyte() {
    assertThat(Answers.request(StubModel.BURST, false)).hasSizeBetween(900, 1_100);
    assertThat(Answers.json(StubModel.BURST)).hasSizeBetween(900, 1_100);
  }

  @Test
  void pinsItsPublicKey() throws GeneralSecurityException, IOException {
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(certificate().getPublicKey().getEncoded());

    assertThat(identity.pin()).isEqualTo("sha256/" + Base64.getEncoder().encodeToString(hash));
    assertThat(Files.getPosixFilePermissions(identity.key())).hasSize(2);
  }

  private HttpResponse<byte[]> post(String address, byte[] body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(address + "/v1/chat/completions"))
            .version(HttpClient.Version.HTTP_1_1)
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    return client.send(request, BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + stub.plainPort() + path))
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    return client.send(request, BodyHandlers.ofByteArray());
  }

  private X509Certificate certificate() throws GeneralSecurityException, IOException {
    try (var file = Files.newInputStream(identity.certificate())) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(file);
    }
  }

  private static SSLContext trusting(X509Certificate certificate)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("site", certificate);
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
