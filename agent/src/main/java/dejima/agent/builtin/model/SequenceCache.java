package dejima.agent.builtin.model;

/// What the attention layers keep of one sequence: keys and values of its positions.
public final class SequenceCache {
  private final int room;
  private final int keyWidth;
  private final float[][] keys;
  private final float[][] values;
  private int length;

  SequenceCache(ModelShape shape, int room) {
    this.room = room;
    this.keyWidth = shape.keyWidth();
    this.keys = new float[shape.layers()][keyWidth * room];
    this.values = new float[shape.layers()][keyWidth * room];
  }

  /// Positions computed so far.
  public int length() {
    return length;
  }

  int room() {
    return room;
  }

  void lengthen(int positions) {
    length += positions;
  }

  /// Keys of a layer: for each number of a key, that number at all positions side by side.
  float[] keys(int layer) {
    return keys[layer];
  }

  /// Values of a layer, position by position.
  float[] values(int layer) {
    return values[layer];
  }

  void put(int layer, int position, float[] key, float[] value, int from) {
    float[] layerKeys = keys[layer];
    for (int d = 0; d < keyWidth; d++) {
      layerKeys[d * room + position] = key[from + d];
    }
    System.arraycopy(value, from, values[layer], position * keyWidth, keyWidth);
  }
}
