package dejima.agent.builtin.model;

import java.util.List;
import java.util.Map;

/// A parsed GGUF file, version 3: metadata, and where each tensor lies in the bytes.
final class GgufFile {
  private final byte[] bytes;
  private final Map<String, GgufValue> metadata;
  private final Map<String, GgufTensor> tensors;

  GgufFile(byte[] bytes, Map<String, GgufValue> metadata, Map<String, GgufTensor> tensors) {
    this.bytes = bytes;
    this.metadata = Map.copyOf(metadata);
    this.tensors = Map.copyOf(tensors);
  }

  /// The integer under a key, which must lie between two bounds.
  int whole(String key, int least, int most) {
    if (!(metadata.get(key) instanceof GgufValue.Whole(long value))) {
      throw new MalformedModelException(key + " is missing or not an integer");
    }
    if (value < least || value > most) {
      throw new MalformedModelException(
          key + " is " + value + ", expected " + least + " to " + most);
    }
    return (int) value;
  }

  /// The finite positive number under a key.
  float positive(String key) {
    if (metadata.get(key) instanceof GgufValue.Real(double value)
        && value > 0
        && Double.isFinite((float) value)) {
      return (float) value;
    }
    throw new MalformedModelException(key + " is missing or not a positive number");
  }

  /// The number under a key, or another when there is none.
  float real(String key, float otherwise) {
    return metadata.get(key) instanceof GgufValue.Real(double value) && !Double.isNaN(value)
        ? (float) value
        : otherwise;
  }

  /// The text under a key.
  String text(String key) {
    if (metadata.get(key) instanceof GgufValue.Text(String value)) {
      return value;
    }
    throw new MalformedModelException(key + " is missing or not a text");
  }

  /// The values of the array under a key.
  List<GgufValue> sequence(String key) {
    if (metadata.get(key) instanceof GgufValue.Sequence(List<GgufValue> values)) {
      return values;
    }
    throw new MalformedModelException(key + " is missing or not an array");
  }

  /// The numbers of a tensor, which must have exactly these sizes, contiguous one first.
  float[] numbers(String name, int... sizes) {
    GgufTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new MalformedModelException("tensor " + name + " is missing");
    }
    boolean same = tensor.dimensions().size() == sizes.length;
    for (int i = 0; same && i < sizes.length; i++) {
      same = tensor.dimensions().get(i) == sizes[i];
    }
    if (!same) {
      throw new MalformedModelException(
          "tensor " + name + " has sizes " + tensor.dimensions() + " that do not fit the model");
    }
    return Numbers.read(bytes, tensor);
  }

  boolean has(String tensor) {
    return tensors.containsKey(tensor);
  }
}
