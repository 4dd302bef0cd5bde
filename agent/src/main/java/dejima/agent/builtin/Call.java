package dejima.agent.builtin;

import dejima.agent.EngineCall;
import dejima.agent.EngineRequest;
import java.util.List;
import java.util.function.Consumer;

/// One request from its bytes to the end of its answer, on a thread of its own.
final class Call implements EngineCall, Runnable {
  private final Answering answering;
  private final EngineRequest request;
  private final Reply reply;
  private final Consumer<Call> whenDone;
  private List<Sequence> sequences = List.of();
  private boolean cancelled;

  Call(Answering answering, EngineRequest request, Reply reply, Consumer<Call> whenDone) {
    this.answering = answering;
    this.request = request;
    this.reply = reply;
    this.whenDone = whenDone;
  }

  @Override
  public void run() {
    try {
      answering.answer(request, reply, this::follow);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      reply.broken("interrupted");
    } catch (RuntimeException e) {
      reply.broken("internal error: " + e.getClass().getSimpleName());
    } finally {
      cancel();
      whenDone.accept(this);
    }
  }

  /// Remembers what to cancel; cancels it at once when that was asked for already.
  private synchronized void follow(List<Sequence> started) {
    sequences = started;
    if (cancelled) {
      sequences.forEach(Sequence::cancel);
    }
  }

  @Override
  public synchronized void cancel() {
    cancelled = true;
    sequences.forEach(Sequence::cancel);
  }
}
