package dejima.agent.builtin.model;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Reads the numbers of a tensor into single precision.
final class Numbers {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private Numbers() {}

  static float[] read(byte[] bytes, GgufTensor tensor) {
    float[] numbers = new float[tensor.elements()];
    int at = tensor.offset();
    switch (tensor.encoding()) {
      case F32 -> {
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] = Float.intBitsToFloat((int) INT.get(bytes, at + 4 * i));
        }
      }
      case F16 -> {
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] = half(bytes, at + 2 * i);
        }
      }
      case Q8_0 -> {
        for (int i = 0; i < numbers.length; i += 32, at += 34) {
          group(bytes, at, numbers, i);
        }
      }
    }
    return numbers;
  }

  private static void group(byte[] bytes, int at, float[] numbers, int first) {
    float scale = half(bytes, at);
    for (int i = 0; i < 32; i++) {
      numbers[first + i] = scale * bytes[at + 2 + i];
    }
  }

  private static float half(byte[] bytes, int at) {
    return Float.float16ToFloat((short) ((bytes[at] & 0xff) | bytes[at + 1] << 8));
  }
}
