package dejima.bench.contender;

import dejima.bench.load.Question;
import dejima.bench.load.Target;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// Asks one question on a connection of its own, to see whether and how a contender answers.
///
/// @param target whom to ask
public record Probe(Target target) {
  private static final int CONNECT_MILLIS = 1_000;
  private static final int READ_MILLIS = 10_000;
  private static final int PAUSE_NANOS = 5_000_000;

  /// Asks once, and pauses for a moment when there is no answer.
  ///
  /// @param question the question
  /// @return whether the answer was right, be it in the stub's own bytes or rewritten
  public boolean answers(Question question) {
    boolean right =
        ask(question).filter(answer -> Rewriting.same(question.answer(), answer)).isPresent();
    if (!right) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return right;
  }

  /// Asks once and expects an answer that means the same as the right one.
  ///
  /// @param question the question
  /// @return the answer's own bytes
  /// @throws NotStartedException when there is no answer or a wrong one
  public byte[] meaningOf(Question question) {
    return ask(question)
        .filter(answer -> Rewriting.same(question.answer(), answer))
        .orElseThrow(() -> new NotStartedException("port " + target.port()));
  }

  /// Asks once.
  ///
  /// @param question the question
  /// @return the body of the answer, or nothing when there is none with status 200
  public Optional<byte[]> ask(Question question) {
    try {
      var url = URI.create("http://127.0.0.1:" + target.port() + "/v1/chat/completions").toURL();
      var connection = (HttpURLConnection) url.openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout(CONNECT_MILLIS);
      connection.setReadTimeout(READ_MILLIS);
      connection.setDoOutput(true);
      connection.setRequestProperty("content-type", "application/json");
      target.headers().forEach(connection::setRequestProperty);
      connection.getOutputStream().write(question.body());
      try (var answer = connection.getInputStream()) {
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK
            ? Optional.of(answer.readAllBytes())
            : Optional.empty();
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
