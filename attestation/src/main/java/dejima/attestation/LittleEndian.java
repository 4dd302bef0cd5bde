package dejima.attestation;

import java.util.Arrays;

/// Fields of a binary structure by their offsets, little-endian, as AMD and Intel write them.
///
/// Not a record: it holds an array.
final class LittleEndian {
  private final byte[] bytes;

  LittleEndian(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  int length() {
    return bytes.length;
  }

  int byteAt(int offset) {
    return bytes[offset] & 0xff;
  }

  int u16(int offset) {
    return byteAt(offset) | (byteAt(offset + 1) << 8);
  }

  long u32(int offset) {
    return u16(offset) | ((long) u16(offset + 2) << 16);
  }

  /// All 64 bits; the highest makes it negative.
  long u64(int offset) {
    return u32(offset) | (u32(offset + 4) << 32);
  }

  byte[] slice(int from, int to) {
    if (from < 0 || to < from || to > bytes.length) {
      throw new Refused("the quote ends before its own lengths say");
    }
    return Arrays.copyOfRange(bytes, from, to);
  }

  boolean isZero(int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
