package dejima.bench.stub;

/// What the stub sends for one model, rendered once.
final class Script {
  private static final int DIFFERENT_CHUNKS = 50;

  private final StubModel model;
  private final byte[] json;
  private final byte[][] cycle;
  private final byte[] last;
  private final byte[] done;

  Script(StubModel model) {
    this.model = model;
    this.json = Answers.json(model);
    this.cycle = new byte[Math.min(DIFFERENT_CHUNKS, model.chunks())][];
    for (int i = 0; i < cycle.length; i++) {
      cycle[i] = Answers.chunk(model, i);
    }
    this.last = Answers.chunk(model, model.chunks() - 1);
    this.done = Answers.done();
  }

  byte[] json() {
    return json;
  }

  int chunks() {
    return model.chunks();
  }

  int delayMillis() {
    return model.delayMillis();
  }

  byte[] chunk(int index) {
    return index == model.chunks() - 1 ? last : cycle[index % cycle.length];
  }

  byte[] done() {
    return done;
  }
}
