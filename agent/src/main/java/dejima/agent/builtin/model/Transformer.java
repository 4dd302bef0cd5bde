package dejima.agent.builtin.model;

import java.util.ArrayList;
import java.util.List;

/// The arithmetic of a llama-architecture model, for rows that may belong to different sequences.
///
/// Belongs to one thread. The numbers of a row do not depend on the rows beside it.
public final class Transformer {
  /// Most rows of one step.
  public static final int MOST_ROWS = 64;

  private final ModelShape shape;
  private final Matrix embedding;
  private final Norm outputNorm;
  private final Matrix output;
  private final List<Layer> layers;
  private final Attention attention;
  private final Rotation rotation;

  private final float[] x;
  private final float[] normed;
  private final float[] queries;
  private final float[] keys;
  private final float[] values;
  private final float[] mixed;
  private final float[] gate;
  private final float[] up;

  Transformer(GgufFile file, ModelShape shape) {
    this.shape = shape;
    embedding = Layer.matrix(file, "token_embd.weight", shape.width(), shape.vocabulary());
    output =
        file.has("output.weight")
            ? Layer.matrix(file, "output.weight", shape.width(), shape.vocabulary())
            : embedding;
    outputNorm = Layer.norm(file, "output_norm.weight", shape);
    List<Layer> read = new ArrayList<>();
    for (int i = 0; i < shape.layers(); i++) {
      read.add(Layer.of(file, shape, i));
    }
    layers = List.copyOf(read);
    attention = new Attention(shape);
    rotation = new Rotation(shape, MOST_ROWS);
    x = new float[MOST_ROWS * shape.width()];
    normed = new float[MOST_ROWS * shape.width()];
    queries = new float[MOST_ROWS * shape.width()];
    mixed = new float[MOST_ROWS * shape.width()];
    keys = new float[MOST_ROWS * shape.keyWidth()];
    values = new float[MOST_ROWS * shape.keyWidth()];
    gate = new float[MOST_ROWS * shape.hidden()];
    up = new float[MOST_ROWS * shape.hidden()];
  }

  /// The next positions of one sequence.
  ///
  /// @param cache where the sequence stands; has room for the tokens
  /// @param tokens at least one
  @SuppressWarnings("ArrayRecordComponent") // used for one step, never compared
  public record Piece(SequenceCache cache, int[] tokens) {}

  /// Computes the next positions of several sequences, at most [#MOST_ROWS] together; afterwards
  /// the hidden state of each row is there for [#logits] and [#addHidden], in the order of the
  /// pieces.
  public void step(List<Piece> pieces) {
    int rows = place(pieces);
    for (int layer = 0; layer < layers.size(); layer++) {
      attend(layers.get(layer), layer, pieces, rows);
      feedForward(layers.get(layer), rows);
    }
    outputNorm.apply(x, rows, normed);
    for (Piece piece : pieces) {
      piece.cache().lengthen(piece.tokens().length);
    }
  }

  private int place(List<Piece> pieces) {
    int row = 0;
    for (Piece piece : pieces) {
      int position = piece.cache().length();
      for (int token : piece.tokens()) {
        embedding.copyOutput(token, x, row * shape.width());
        rotation.at(row++, position++);
      }
    }
    return row;
  }

  private void attend(Layer layer, int index, List<Piece> pieces, int rows) {
    layer.attentionNorm().apply(x, rows, normed);
    layer.query().multiply(normed, rows, queries);
    layer.key().multiply(normed, rows, keys);
    layer.value().multiply(normed, rows, values);
    rotation.turn(queries, rows, shape.heads());
    rotation.turn(keys, rows, shape.keyHeads());
    int row = 0;
    for (Piece piece : pieces) {
      int position = piece.cache().length();
      for (int i = 0; i < piece.tokens().length; i++, row++, position++) {
        piece.cache().put(index, position, keys, values, row * shape.keyWidth());
        attention.mix(piece.cache(), index, position, queries, row * shape.width(), mixed);
      }
    }
    layer.output().multiply(mixed, rows, normed);
    add(rows);
  }

  private void feedForward(Layer layer, int rows) {
    layer.feedForwardNorm().apply(x, rows, normed);
    layer.gate().multiply(normed, rows, gate);
    layer.up().multiply(normed, rows, up);
    for (int i = 0; i < rows * shape.hidden(); i++) {
      gate[i] = (float) (gate[i] / (1 + Math.exp(-gate[i]))) * up[i];
    }
    layer.down().multiply(gate, rows, normed);
    add(rows);
  }

  private void add(int rows) {
    for (int i = 0; i < rows * shape.width(); i++) {
      x[i] += normed[i];
    }
  }

  /// The scores of every token to follow a row of the last step.
  public float[] logits(int row) {
    float[] state = new float[shape.width()];
    System.arraycopy(normed, row * shape.width(), state, 0, shape.width());
    float[] scores = new float[shape.vocabulary()];
    output.multiply(state, 1, scores);
    return scores;
  }

  /// Adds the final hidden state of a row of the last step to `sum`.
  public void addHidden(int row, double[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += normed[row * shape.width() + i];
    }
  }
}
