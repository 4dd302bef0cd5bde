package dejima.agent.builtin.model;

import java.util.Arrays;

/// Grouped-query attention of one position over the positions up to it.
final class Attention {
  private final ModelShape shape;
  private final float scale;
  private final float[] weights;

  Attention(ModelShape shape) {
    this.shape = shape;
    this.scale = (float) (1 / Math.sqrt(shape.headWidth()));
    this.weights = new float[shape.context()];
  }

  /// Writes the mixed values for the query at `x[from…]` over positions 0 to `position`.
  void mix(SequenceCache cache, int layer, int position, float[] x, int from, float[] to) {
    int group = shape.heads() / shape.keyHeads();
    for (int head = 0; head < shape.heads(); head++) {
      int offset = head / group * shape.headWidth();
      int at = from + head * shape.headWidth();
      score(cache, layer, position + 1, x, at, offset);
      softmax(position + 1);
      gather(cache, layer, position + 1, offset, to, at);
    }
  }

  private void score(
      SequenceCache cache, int layer, int count, float[] x, int from, int keyOffset) {
    float[] w = weights;
    float[] keys = cache.keys(layer);
    Arrays.fill(w, 0, count, 0f);
    for (int d = 0; d < shape.headWidth(); d++) {
      float q = x[from + d] * scale;
      int k = (keyOffset + d) * cache.room();
      for (int p = 0; p < count; p++) {
        w[p] += q * keys[k + p];
      }
    }
  }

  private void softmax(int count) {
    float[] w = weights;
    float most = w[0];
    for (int p = 1; p < count; p++) {
      most = Math.max(most, w[p]);
    }
    float sum = 0;
    for (int p = 0; p < count; p++) {
      w[p] = (float) Math.exp(w[p] - most);
      sum += w[p];
    }
    for (int p = 0; p < count; p++) {
      w[p] /= sum;
    }
  }

  private void gather(
      SequenceCache cache, int layer, int count, int valueOffset, float[] to, int at) {
    int width = shape.headWidth();
    float[] values = cache.values(layer);
    Arrays.fill(to, at, at + width, 0f);
    for (int p = 0; p < count; p++) {
      float w = weights[p];
      int v = p * shape.keyWidth() + valueOffset;
      for (int d = 0; d < width; d++) {
        to[at + d] += w * values[v + d];
      }
    }
  }
}
