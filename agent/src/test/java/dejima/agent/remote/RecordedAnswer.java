package dejima.agent.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dejima.agent.AnswerSink;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Keeps what an engine answered, and that nothing followed the end.
final class RecordedAnswer implements AnswerSink {
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private volatile int status;
  private volatile int retryAfter = -1;
  private volatile String end = "";

  @Override
  public void retryAfter(int seconds) {
    retryAfter = seconds;
  }

  int retryAfter() {
    return retryAfter;
  }

  @Override
  public void head(int status, String contentType) {
    this.status = status;
  }

  @Override
  public void body(byte[] bytes) {
    assertThat(end).isEmpty();
    this.bytes.writeBytes(bytes);
    begun.countDown();
  }

  @Override
  public void end() {
    finish("end");
  }

  @Override
  public void broken(String reason) {
    finish("broken: " + reason);
  }

  void firstBytes() throws InterruptedException {
    assertThat(begun.await(5, TimeUnit.SECONDS)).isTrue();
  }

  RecordedAnswer awaited() throws InterruptedException {
    assertThat(over.await(10, TimeUnit.SECONDS)).isTrue();
    return this;
  }

  int status() {
    return status;
  }

  String text() {
    return bytes.toString(UTF_8);
  }

  String ending() {
    return end;
  }

  private void finish(String how) {
    assertThat(end).isEmpty();
    end = how;
    over.countDown();
  }
}
