package dejima.agent.builtin.model;

import java.util.Arrays;

/// A weight matrix, kept so that the numbers that one input feeds lie side by side.
///
/// A product adds inputs in ascending order for every row, whatever the number of rows, so that a
/// row's result does not depend on the rows that it is computed with.
final class Matrix {
  private final int inputs;
  private final int outputs;
  private final float[] byInput;

  /// Takes `outputs` rows of `inputs` numbers, as a file has them.
  Matrix(int inputs, int outputs, float[] byOutput) {
    if (inputs % 4 != 0) {
      throw new MalformedModelException("a matrix has " + inputs + " inputs, not a multiple of 4");
    }
    this.inputs = inputs;
    this.outputs = outputs;
    this.byInput = new float[byOutput.length];
    for (int o = 0; o < outputs; o++) {
      scatter(byOutput, o);
    }
  }

  private void scatter(float[] byOutput, int output) {
    int from = output * inputs;
    for (int i = 0, to = output; i < inputs; i++, to += outputs) {
      byInput[to] = byOutput[from + i];
    }
  }

  /// Writes to `y`, for each of `rows` rows, the product with that row of `x`.
  void multiply(float[] x, int rows, float[] y) {
    Arrays.fill(y, 0, rows * outputs, 0f);
    for (int i = 0; i < inputs; i += 4) {
      for (int row = 0; row < rows; row++) {
        int at = row * inputs + i;
        addFour(x[at], x[at + 1], x[at + 2], x[at + 3], i * outputs, y, row * outputs);
      }
    }
  }

  private void addFour(float a, float b, float c, float d, int from, float[] y, int to) {
    float[] w = byInput;
    int second = from + outputs;
    int third = second + outputs;
    int fourth = third + outputs;
    for (int j = 0; j < outputs; j++) {
      y[to + j] += a * w[from + j] + b * w[second + j] + c * w[third + j] + d * w[fourth + j];
    }
  }

  /// Copies the numbers of one output, in the order of the inputs.
  void copyOutput(int output, float[] to, int at) {
    for (int i = 0, from = output; i < inputs; i++, from += outputs) {
      to[at + i] = byInput[from];
    }
  }
}
