package dejima.agent.builtin;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// One sequence that the engine's thread works on, and the queue by which it tells how it goes.
///
/// The queue never holds more than a context's worth of tokens, so that a slow reader stops nobody
/// else.
final class Sequence {
  private final int[] prompt;
  private final int mostTokens;
  private final Sampling sampling;
  private final BlockingQueue<Progress> progress = new LinkedBlockingQueue<>();
  private volatile boolean cancelled;

  private Sequence(int[] prompt, int mostTokens, Sampling sampling) {
    this.prompt = prompt;
    this.mostTokens = mostTokens;
    this.sampling = sampling;
  }

  /// A prompt to continue with at least one token.
  static Sequence toContinue(int[] prompt, int mostTokens, Sampling sampling) {
    return new Sequence(prompt, mostTokens, sampling);
  }

  /// A text whose mean hidden state is wanted.
  static Sequence toPool(int[] text) {
    return new Sequence(text, 0, Sampling.GREEDY);
  }

  int[] prompt() {
    return prompt;
  }

  int mostTokens() {
    return mostTokens;
  }

  Sampling sampling() {
    return sampling;
  }

  boolean isPooled() {
    return mostTokens == 0;
  }

  boolean isCancelled() {
    return cancelled;
  }

  /// Ends the sequence; its reader gets [Progress.Cancelled] next, whatever was told before.
  void cancel() {
    cancelled = true;
    tell(new Progress.Cancelled());
  }

  void tell(Progress news) {
    progress.add(news);
  }

  /// Waits for news.
  Progress next() throws InterruptedException {
    Progress news = progress.take();
    return cancelled ? new Progress.Cancelled() : news;
  }
}
