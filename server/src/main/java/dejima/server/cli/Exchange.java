package dejima.server.cli;

import dejima.evidence.Json;
import dejima.evidence.Reading;
import dejima.residency.DataClass;
import dejima.residency.DataClassReading;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// A streamed question and its answer, byte for byte as they were on the wire.
public final class Exchange {
  private final String request;
  private final long askedAt;
  private final HttpResponse<InputStream> answer;
  private final ByteArrayOutputStream response = new ByteArrayOutputStream();
  private long firstTokenAt;

  private Exchange(String request, long askedAt, HttpResponse<InputStream> answer) {
    this.request = request;
    this.askedAt = askedAt;
    this.answer = answer;
  }

  /// Asks; an error answer becomes an exception that says what is wrong.
  ///
  /// @param dataClass the request's label, in English or Japanese
  public static Exchange ask(
      GatewayClient client, String model, String question, Optional<String> dataClass) {
    String body = body(model, question);
    String[] headers =
        dataClass
            .map(label -> new String[] {"Dejima-Data-Class", ascii(label)})
            .orElseGet(() -> new String[0]);
    long askedAt = System.nanoTime();
    HttpResponse<InputStream> answer = client.post("/v1/chat/completions", body, headers);
    if (answer.statusCode() != 200) {
      GatewayClient.expect(answer);
    }
    return new Exchange(body, askedAt, answer);
  }

  /// A question's body.
  static String body(String model, String question) {
    return Json.object()
        .put("model", model)
        .put("stream", true)
        .put("stream_options", Json.object().put("include_usage", true).build())
        .put(
            "messages",
            Json.array(List.of(Json.object().put("role", "user").put("content", question).build())))
        .build()
        .canonicalText();
  }

  /// A header holds ASCII; the Japanese words are said in English.
  static String ascii(String label) {
    return switch (DataClass.read(label)) {
      case DataClassReading.Read(DataClass dataClass) -> dataClass.label();
      case DataClassReading.Unreadable(String reason) ->
          throw new CommandFailed("--class: " + reason);
    };
  }

  /// Prints the answer as it comes.
  public void stream(PrintWriter out) {
    try (InputStream body = answer.body();
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(new Tee(body, response), StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while (line != null) {
        token(line).ifPresent(text -> print(text, out));
        line = lines.readLine();
      }
    } catch (IOException broken) {
      throw new CommandFailed("The answer broke off: " + broken.getMessage());
    }
  }

  private void print(String token, PrintWriter out) {
    if (firstTokenAt == 0) {
      firstTokenAt = System.nanoTime();
    }
    out.print(token);
    out.flush();
  }

  /// What a line of an event stream adds to the answer.
  static Optional<String> token(String line) {
    if (!line.startsWith("data: {")) {
      return Optional.empty();
    }
    return switch (Json.read(line.substring(6).getBytes(StandardCharsets.UTF_8))) {
      case Reading.Read<Json>(Json.Obj chunk) -> token(chunk);
      case Reading.Read<Json> _, Reading.Unreadable<Json> _ -> Optional.empty();
    };
  }

  private static Optional<String> token(Json.Obj chunk) {
    chunk
        .object("error")
        .ifPresent(error -> {
          throw new CommandFailed(error.string("message").orElse("the site broke off"));
        });
    return chunk.array("choices").orElse(List.of()).stream()
        .flatMap(choice -> content(choice).stream())
        .filter(text -> !text.isEmpty())
        .findFirst();
  }

  private static Optional<String> content(Json choice) {
    return choice instanceof Json.Obj object
        ? object.object("delta").flatMap(delta -> delta.string("content"))
        : Optional.empty();
  }

  /// The receipt's text, once there is a tree head that covers it.
  public String receipt(GatewayClient client) throws InterruptedException {
    return ReceiptCommand.fetch(client, receiptId());
  }

  /// The receipt's id.
  public String receiptId() {
    return header("dejima-receipt");
  }

  /// The site that answered.
  public String site() {
    return header("dejima-site");
  }

  private String header(String name) {
    return answer.headers().firstValue(name).orElse("?");
  }

  /// The request's body.
  public String request() {
    return request;
  }

  /// The answer's body, after [#stream].
  public String response() {
    return response.toString(StandardCharsets.UTF_8);
  }

  /// Milliseconds from the question to the first token.
  public double firstTokenMs() {
    return (firstTokenAt - askedAt) / 1e6;
  }

  /// When the first token came, on the monotonic clock.
  public long firstTokenAt() {
    return firstTokenAt;
  }
}
