package dejima.agent.builtin.model;

/// The weights of one block.
record Layer(
    Norm attentionNorm,
    Matrix query,
    Matrix key,
    Matrix value,
    Matrix output,
    Norm feedForwardNorm,
    Matrix gate,
    Matrix up,
    Matrix down) {
  static Layer of(GgufFile file, ModelShape shape, int index) {
    String prefix = "blk." + index + ".";
    int width = shape.width();
    int keyWidth = shape.keyWidth();
    int hidden = shape.hidden();
    return new Layer(
        norm(file, prefix + "attn_norm.weight", shape),
        matrix(file, prefix + "attn_q.weight", width, width),
        matrix(file, prefix + "attn_k.weight", width, keyWidth),
        matrix(file, prefix + "attn_v.weight", width, keyWidth),
        matrix(file, prefix + "attn_output.weight", width, width),
        norm(file, prefix + "ffn_norm.weight", shape),
        matrix(file, prefix + "ffn_gate.weight", width, hidden),
        matrix(file, prefix + "ffn_up.weight", width, hidden),
        matrix(file, prefix + "ffn_down.weight", hidden, width));
  }

  static Matrix matrix(GgufFile file, String name, int inputs, int outputs) {
    return new Matrix(inputs, outputs, file.numbers(name, inputs, outputs));
  }

  static Norm norm(GgufFile file, String name, ModelShape shape) {
    return new Norm(file.numbers(name, shape.width()), shape.epsilon());
  }
}
