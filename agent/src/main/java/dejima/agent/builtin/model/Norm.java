package dejima.agent.builtin.model;

/// Root-mean-square normalisation with a learned weight for each number.
final class Norm {
  private final float[] weight;
  private final float epsilon;

  Norm(float[] weight, float epsilon) {
    this.weight = weight;
    this.epsilon = epsilon;
  }

  /// Writes the normalised rows of `x` to `y`.
  void apply(float[] x, int rows, float[] y) {
    int width = weight.length;
    for (int row = 0; row < rows; row++) {
      int at = row * width;
      float squares = 0;
      for (int i = 0; i < width; i++) {
        squares += x[at + i] * x[at + i];
      }
      float factor = (float) (1 / Math.sqrt(squares / width + epsilon));
      for (int i = 0; i < width; i++) {
        y[at + i] = x[at + i] * factor * weight[i];
      }
    }
  }
}
