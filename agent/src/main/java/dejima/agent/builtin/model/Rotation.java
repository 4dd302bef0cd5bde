package dejima.agent.builtin.model;

/// Rotary positions on interleaved pairs.
final class Rotation {
  private final double[] frequencies;
  private final int pairs;
  private final float[] cosines;
  private final float[] sines;

  Rotation(ModelShape shape, int mostRows) {
    pairs = shape.headWidth() / 2;
    frequencies = new double[pairs];
    for (int i = 0; i < pairs; i++) {
      frequencies[i] = Math.pow(shape.ropeBase(), -2.0 * i / shape.headWidth());
    }
    cosines = new float[mostRows * pairs];
    sines = new float[mostRows * pairs];
  }

  /// Prepares the angles of the position that a row stands for.
  void at(int row, int position) {
    for (int i = 0; i < pairs; i++) {
      double angle = position * frequencies[i];
      cosines[row * pairs + i] = (float) Math.cos(angle);
      sines[row * pairs + i] = (float) Math.sin(angle);
    }
  }

  /// Turns the heads of each row in place.
  void turn(float[] x, int rows, int heads) {
    int width = heads * pairs * 2;
    for (int row = 0; row < rows; row++) {
      for (int head = 0; head < heads; head++) {
        turnHead(x, row * width + head * pairs * 2, row * pairs);
      }
    }
  }

  private void turnHead(float[] x, int at, int angles) {
    for (int i = 0; i < pairs; i++) {
      float even = x[at + 2 * i];
      float odd = x[at + 2 * i + 1];
      float c = cosines[angles + i];
      float s = sines[angles + i];
      x[at + 2 * i] = even * c - odd * s;
      x[at + 2 * i + 1] = even * s + odd * c;
    }
  }
}
