package dejima.agent.builtin.model;

import dejima.evidence.tree.Sha256;

/// A model read from a GGUF file: its tokenizer, its sizes and its weights.
public final class LanguageModel {
  private final String name;
  private final String digest;
  private final ModelShape shape;
  private final Tokenizer tokenizer;
  private final Transformer transformer;
  private final int end;
  private final float leastConfidence;

  private LanguageModel(GgufFile file, String digest) {
    this.digest = digest;
    this.name = file.text("general.name");
    this.shape = ModelShape.of(file);
    this.tokenizer = new Tokenizer(file);
    this.leastConfidence = file.real("dejima.gate.least_log_probability", Float.NEGATIVE_INFINITY);
    this.end = tokenizer.control("</s>");
    this.transformer = new Transformer(file, shape);
  }

  /// Reads a GGUF file of the llama architecture, or throws [MalformedModelException].
  public static LanguageModel read(byte[] gguf) {
    return new LanguageModel(GgufReader.read(gguf), Sha256.hex(gguf));
  }

  /// The file's own name for the model.
  public String name() {
    return name;
  }

  /// SHA-256 of the file, in hex.
  public String digest() {
    return digest;
  }

  /// Most tokens of a sequence.
  public int contextLength() {
    return shape.context();
  }

  /// Numbers of a hidden state, and of an embedding.
  public int width() {
    return shape.width();
  }

  /// The log-probability below which its likeliest token is not to be trusted, as measured when it
  /// was trained; negative infinity when nobody did.
  public float leastConfidence() {
    return leastConfidence;
  }

  /// The token that ends an answer.
  public int end() {
    return end;
  }

  /// Text to tokens and back.
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  /// The arithmetic; for one thread.
  public Transformer transformer() {
    return transformer;
  }

  /// An empty sequence with room for so many tokens.
  public SequenceCache sequence(int room) {
    return new SequenceCache(shape, room);
  }
}
