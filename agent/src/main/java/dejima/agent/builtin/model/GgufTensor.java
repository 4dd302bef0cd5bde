package dejima.agent.builtin.model;

import java.util.List;

/// Where a tensor lies in a GGUF file.
///
/// @param name such as `blk.0.attn_q.weight`
/// @param dimensions sizes, the contiguous one first
/// @param encoding how the numbers are written
/// @param offset first byte, counted from the start of the file
record GgufTensor(String name, List<Long> dimensions, Encoding encoding, int offset) {
  GgufTensor {
    dimensions = List.copyOf(dimensions);
  }

  /// How many numbers the tensor has.
  int elements() {
    long product = 1;
    for (long d : dimensions) {
      product *= d;
    }
    return Math.toIntExact(product);
  }

  /// How numbers are written in a tensor.
  enum Encoding {
    /// IEEE 754 single precision.
    F32(0, 1, 4),
    /// IEEE 754 half precision.
    F16(1, 1, 2),
    /// Groups of 32 signed bytes that share a half-precision scale.
    Q8_0(8, 32, 34);

    final int code;
    final int group;
    final int groupBytes;

    Encoding(int code, int group, int groupBytes) {
      this.code = code;
      this.group = group;
      this.groupBytes = groupBytes;
    }

    static Encoding of(int code) {
      for (Encoding e : values()) {
        if (e.code == code) {
          return e;
        }
      }
      throw new MalformedModelException(
          "tensor type " + code + " is not supported; this engine reads F32, F16 and Q8_0");
    }
  }
}
