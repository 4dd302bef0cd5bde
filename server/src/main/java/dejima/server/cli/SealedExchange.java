package dejima.server.cli;

import dejima.attestation.AnswerKey;
import dejima.attestation.AnswerOpener;
import dejima.attestation.SealedPrompt;
import dejima.evidence.Reading;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/// A sealed question and its sealed answer. Nothing of an answer that is not sealed is shown as
/// one.
final class SealedExchange {
  private static final int BUFFER = 16 << 10;

  private final HttpResponse<InputStream> answer;
  private final AnswerOpener opener;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final ByteArrayOutputStream whole = new ByteArrayOutputStream();

  private SealedExchange(HttpResponse<InputStream> answer, AnswerOpener opener) {
    this.answer = answer;
    this.opener = opener;
  }

  /// Sends it.
  ///
  /// @throws CommandFailed if the gateway or the site refuses, or answers in the clear
  static SealedExchange ask(GatewayClient client, SealedPrompt.Sealing sealing) {
    HttpResponse<InputStream> answer =
        client.post(
            "/v1/chat/completions", new String(sealing.prompt().bytes(), StandardCharsets.UTF_8));
    boolean sealed =
        answer
            .headers()
            .firstValue("content-type")
            .filter(AnswerKey.MEDIA_TYPE::equals)
            .isPresent();
    if (!sealed) {
      GatewayClient.expect(answer);
      throw new CommandFailed(
          "The answer is not sealed, so anybody on the way may have written it. It is not shown.");
    }
    return new SealedExchange(answer, sealing.answerKey().opening());
  }

  /// Prints the answer as it comes.
  ///
  /// @throws CommandFailed if a part of it is forged or missing
  void stream(PrintWriter out) {
    try (InputStream body = answer.body()) {
      byte[] buffer = new byte[BUFFER];
      for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
        take(opened(opener.more(java.util.Arrays.copyOf(buffer, read))), out);
      }
      take(opened(opener.end()), out);
    } catch (IOException broken) {
      throw new CommandFailed("The answer broke off: " + broken.getMessage());
    }
    int status = opener.head().map(AnswerOpener.Head::status).orElse(0);
    if (status != 200) {
      throw new CommandFailed(Errors.message(status, whole.toString(StandardCharsets.UTF_8)));
    }
  }

  private static byte[] opened(Reading<byte[]> part) {
    return switch (part) {
      case Reading.Read<byte[]>(byte[] content) -> content;
      case Reading.Unreadable<byte[]>(String reason) -> throw new CommandFailed(reason);
    };
  }

  private void take(byte[] content, PrintWriter out) {
    if (opener.head().filter(head -> head.status() != 200).isPresent()) {
      whole.writeBytes(content);
      return;
    }
    for (byte next : content) {
      if (next == '\n') {
        Exchange.token(line.toString(StandardCharsets.UTF_8)).ifPresent(out::print);
        line.reset();
      } else {
        line.write(next);
      }
    }
    out.flush();
  }

  /// The receipt's id.
  String receiptId() {
    return answer.headers().firstValue("dejima-receipt").orElse("?");
  }
}
