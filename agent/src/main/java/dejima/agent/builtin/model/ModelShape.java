package dejima.agent.builtin.model;

/// The sizes of a llama-architecture model.
///
/// @param context most positions of a sequence
/// @param width numbers a position carries
/// @param layers blocks
/// @param heads query heads
/// @param keyHeads key and value heads; divides `heads`
/// @param hidden width inside a feed-forward layer
/// @param vocabulary tokens
/// @param epsilon added under the root of a norm
/// @param ropeBase base of the rotary positions
record ModelShape(
    int context,
    int width,
    int layers,
    int heads,
    int keyHeads,
    int hidden,
    int vocabulary,
    float epsilon,
    float ropeBase) {
  ModelShape {
    if (width % heads != 0 || heads % keyHeads != 0 || (width / heads) % 2 != 0) {
      throw new MalformedModelException("the heads do not divide the width");
    }
  }

  static ModelShape of(GgufFile file) {
    String architecture = file.text("general.architecture");
    if (!architecture.equals("llama")) {
      throw new MalformedModelException("general.architecture is not llama");
    }
    var shape =
        new ModelShape(
            file.whole("llama.context_length", 8, 1 << 20),
            file.whole("llama.embedding_length", 8, 1 << 14),
            file.whole("llama.block_count", 1, 256),
            file.whole("llama.attention.head_count", 1, 256),
            file.whole("llama.attention.head_count_kv", 1, 256),
            file.whole("llama.feed_forward_length", 8, 1 << 16),
            file.sequence("tokenizer.ggml.tokens").size(),
            file.positive("llama.attention.layer_norm_rms_epsilon"),
            file.positive("llama.rope.freq_base"));
    if (file.whole("llama.rope.dimension_count", 2, 1 << 14) != shape.headWidth()) {
      throw new MalformedModelException("rotary positions over part of a head are not supported");
    }
    return shape;
  }

  int headWidth() {
    return width / heads;
  }

  int keyWidth() {
    return headWidth() * keyHeads;
  }
}
