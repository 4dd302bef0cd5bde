package dejima.acceptance.product;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// A plain HTTP client with one credential.
public final class Caller {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String CHAT = "/v1/chat/completions";

  private final HttpClient http;
  private final URI base;
  private final String credential;

  /// @param base address of the listener
  /// @param credential API key or admin token; empty for none
  public Caller(URI base, String credential) {
    this(
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build(),
        base,
        credential);
  }

  /// @param http the client to use
  /// @param base address of the listener
  /// @param credential API key or admin token; empty for none
  public Caller(HttpClient http, URI base, String credential) {
    this.http = http;
    this.base = base;
    this.credential = credential;
  }

  /// The credential.
  public String credential() {
    return credential;
  }

  /// The address.
  public URI base() {
    return base;
  }

  /// GET.
  public Answer get(String path) {
    return send(request(path).GET());
  }

  /// DELETE.
  public Answer delete(String path) {
    return send(request(path).DELETE());
  }

  /// POST of JSON; `headers` are names and values in turn.
  public Answer post(String path, String json, String... headers) {
    return post(path, json.getBytes(java.nio.charset.StandardCharsets.UTF_8), headers);
  }

  /// POST of bytes as JSON; `headers` are names and values in turn.
  public Answer post(String path, byte[] json, String... headers) {
    return send(posted(path, json, headers));
  }

  /// POST of bytes as JSON, answered by 200 with bytes that need not be text.
  public byte[] postRaw(String path, byte[] json) {
    HttpResponse<byte[]> answer =
        sent(() -> http.send(posted(path, json).build(), BodyHandlers.ofByteArray()));
    Answer.of(answer).expect(200);
    return answer.body();
  }

  /// POST of a body of some other type.
  public Answer postTyped(String path, String type, String body) {
    return send(request(path).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
  }

  /// A question to a model, answered in one piece.
  public Answer ask(String model, String question, String... headers) {
    return post(CHAT, Questions.chat(model, question, false), headers);
  }

  /// A question to a model, whose answer is read as it comes.
  public HttpResponse<InputStream> askStreaming(String model, String question, String... headers) {
    byte[] body =
        Questions.chat(model, question, true).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return sent(() -> http.send(posted(CHAT, body, headers).build(), BodyHandlers.ofInputStream()));
  }

  private HttpRequest.Builder posted(String path, byte[] json, String... headers) {
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(json));
    return headers.length == 0 ? request : request.headers(headers);
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE);
    return credential.isEmpty() ? request : request.header("Authorization", "Bearer " + credential);
  }

  private Answer send(HttpRequest.Builder request) {
    return Answer.of(sent(() -> http.send(request.build(), BodyHandlers.ofByteArray())));
  }

  private interface Sending<T> {
    HttpResponse<T> send() throws IOException, InterruptedException;
  }

  private static <T> HttpResponse<T> sent(Sending<T> sending) {
    try {
      return sending.send();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }
}
