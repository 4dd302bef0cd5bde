package dejima.agent.builtin;

import dejima.agent.builtin.model.LanguageModel;
import dejima.agent.builtin.model.SequenceCache;
import dejima.agent.builtin.model.Transformer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/// The one thread that computes: each step takes the next token of every sequence in progress, and
/// pieces of prompts while there is room.
final class EngineLoop implements AutoCloseable {
  private final LanguageModel model;
  private final int concurrent;
  private final int mostWaiting;
  private final LinkedBlockingQueue<Sequence> waiting = new LinkedBlockingQueue<>();
  private final AtomicInteger admitted = new AtomicInteger();
  private final List<Running> running = new ArrayList<>();
  private final Thread thread;
  private volatile boolean closed;

  EngineLoop(LanguageModel model, int concurrent, int mostWaiting) {
    this.model = model;
    this.concurrent = Math.min(concurrent, Transformer.MOST_ROWS);
    this.mostWaiting = mostWaiting;
    this.thread = Thread.ofPlatform().name("builtin-engine").daemon().unstarted(this::work);
    thread.start();
  }

  /// Takes the sequences of one request, or none of them when too many wait already.
  boolean accept(List<Sequence> sequences) {
    int before = admitted.getAndAdd(sequences.size());
    if (closed || before >= concurrent + mostWaiting) {
      admitted.addAndGet(-sequences.size());
      return false;
    }
    waiting.addAll(sequences);
    if (closed) {
      sequences.forEach(Sequence::cancel);
    }
    return true;
  }

  int concurrent() {
    return concurrent;
  }

  int inFlight() {
    return Math.min(concurrent, admitted.get());
  }

  int queued() {
    return Math.max(0, admitted.get() - concurrent);
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  private void work() {
    try {
      while (!closed) {
        admit();
        step();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      closed = true;
      running.forEach(r -> r.sequence.cancel());
      waiting.forEach(Sequence::cancel);
    }
  }

  /// Waits for work when there is none; then takes in what there is room for.
  private void admit() throws InterruptedException {
    if (running.isEmpty()) {
      start(waiting.take());
    }
    while (running.size() < concurrent && waiting.peek() != null) {
      start(waiting.take());
    }
  }

  private void start(Sequence sequence) {
    if (sequence.isCancelled()) {
      admitted.decrementAndGet();
    } else {
      running.add(new Running(sequence));
    }
  }

  private void step() {
    leave(r -> r.sequence.isCancelled());
    List<Running> part = new ArrayList<>();
    List<Transformer.Piece> pieces = new ArrayList<>();
    int room = Transformer.MOST_ROWS - running.size();
    for (Running r : running) {
      Transformer.Piece piece = r.next(1 + room);
      room -= piece.tokens().length - 1;
      part.add(r);
      pieces.add(piece);
    }
    if (!pieces.isEmpty()) {
      compute(part, pieces);
      leave(r -> r.done);
    }
  }

  private void leave(Predicate<Running> which) {
    int before = running.size();
    running.removeIf(which);
    admitted.addAndGet(running.size() - before);
  }

  private void compute(List<Running> part, List<Transformer.Piece> pieces) {
    try {
      model.transformer().step(pieces);
      int row = 0;
      for (int i = 0; i < part.size(); i++) {
        int rows = pieces.get(i).tokens().length;
        part.get(i).computed(row, rows);
        row += rows;
      }
    } catch (RuntimeException e) {
      part.forEach(r -> r.fail(e.getClass().getSimpleName()));
    }
  }

  /// A sequence on the engine's thread.
  private final class Running {
    private final Sequence sequence;
    private final SequenceCache cache;
    private final Sampler sampler;
    private final double[] sum;
    private int[] pending;
    private int produced;
    private boolean done;

    Running(Sequence sequence) {
      this.sequence = sequence;
      this.pending = sequence.prompt();
      this.cache = model.sequence(pending.length + sequence.mostTokens());
      this.sampler = new Sampler(sequence.sampling());
      this.sum = new double[sequence.isPooled() ? model.width() : 0];
    }

    Transformer.Piece next(int most) {
      int count = Math.min(most, pending.length);
      int[] tokens = Arrays.copyOf(pending, count);
      pending = Arrays.copyOfRange(pending, count, pending.length);
      return new Transformer.Piece(cache, tokens);
    }

    void computed(int row, int rows) {
      if (sequence.isPooled()) {
        pool(row, rows);
      } else if (pending.length == 0) {
        choose(row + rows - 1);
      }
    }

    private void pool(int row, int rows) {
      for (int i = 0; i < rows; i++) {
        model.transformer().addHidden(row + i, sum);
      }
      if (pending.length == 0) {
        double[] mean = Arrays.stream(sum).map(s -> s / sequence.prompt().length).toArray();
        end(new Progress.Pooled(mean));
      }
    }

    private void choose(int row) {
      Choice choice = sampler.choose(model.transformer().logits(row));
      produced++;
      pending = new int[] {choice.token()};
      sequence.tell(new Progress.Chosen(choice));
      if (choice.token() == model.end()) {
        end(new Progress.Finished());
      } else if (produced == sequence.mostTokens()) {
        end(new Progress.OutOfRoom());
      }
    }

    private void end(Progress last) {
      done = true;
      sequence.tell(last);
    }

    void fail(String reason) {
      end(new Progress.Broken(reason));
    }
  }
}
