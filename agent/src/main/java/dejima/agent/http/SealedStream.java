package dejima.agent.http;

import dejima.agent.AnswerSink;
import dejima.agent.ErrorAnswer;
import dejima.attestation.AnswerKey;
import dejima.attestation.AnswerSealer;

/// Seals an engine's answer to whoever sealed the prompt. Nothing of it leaves before the engine
/// has said something, so that an engine that fails at once can still give way to another answer.
final class SealedStream implements AnswerSink {
  private final AnswerStream stream;
  private final AnswerSealer sealer;

  // Only the thread that answers touches these, one call after the other.
  private int status;
  private String contentType = "";
  private boolean begun;

  SealedStream(AnswerStream stream, AnswerSealer sealer) {
    this.stream = stream;
    this.sealer = sealer;
  }

  /// Answers with an error object instead of an engine's answer; what it says may be about the
  /// prompt, so it is sealed.
  void refuse(ErrorAnswer error) {
    head(error.status(), "application/json");
    body(error.body());
    end();
  }

  @Override
  public void retryAfter(int seconds) {
    stream.retryAfter(seconds);
  }

  @Override
  public void head(int status, String contentType) {
    this.status = status;
    this.contentType = contentType;
    stream.head(status, AnswerKey.MEDIA_TYPE);
  }

  @Override
  public void body(byte[] bytes) {
    if (bytes.length > 0) {
      begin();
      stream.body(sealer.more(bytes));
    }
  }

  @Override
  public void end() {
    begin();
    stream.body(sealer.end());
    stream.end();
  }

  @Override
  public void broken(String reason) {
    stream.broken(reason);
  }

  private void begin() {
    if (!begun) {
      begun = true;
      stream.body(sealer.begin(status, contentType));
    }
  }
}
