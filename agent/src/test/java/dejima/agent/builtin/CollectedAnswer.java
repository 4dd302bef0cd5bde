package dejima.agent.builtin;

import dejima.agent.AnswerSink;
import dejima.agent.EngineRequest;
import dejima.agent.InferenceEngine;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A sink that keeps what it got, in order.
final class CollectedAnswer implements AnswerSink {
  private final List<byte[]> chunks = new ArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private int status;
  private String contentType = "";
  private String broken = "";

  static CollectedAnswer of(InferenceEngine engine, String path, String body) {
    return of(engine, path, body.getBytes(StandardCharsets.UTF_8));
  }

  static CollectedAnswer of(InferenceEngine engine, String path, byte[] body) {
    var answer = new CollectedAnswer();
    engine.start(new EngineRequest(path, body), answer);
    return answer.complete();
  }

  @Override
  public synchronized void head(int status, String contentType) {
    this.status = status;
    this.contentType = contentType;
  }

  @Override
  public synchronized void body(byte[] bytes) {
    chunks.add(bytes);
  }

  @Override
  public void end() {
    over.countDown();
  }

  @Override
  public synchronized void broken(String reason) {
    broken = reason;
    over.countDown();
  }

  CollectedAnswer complete() {
    try {
      if (!over.await(60, TimeUnit.SECONDS)) {
        throw new AssertionError("no end after a minute");
      }
      return this;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  synchronized int status() {
    return status;
  }

  synchronized String contentType() {
    return contentType;
  }

  synchronized String brokenReason() {
    return broken;
  }

  synchronized List<byte[]> chunks() {
    return List.copyOf(chunks);
  }

  synchronized String text() {
    var all = new ByteArrayOutputStream();
    chunks.forEach(all::writeBytes);
    return all.toString(StandardCharsets.UTF_8);
  }
}
