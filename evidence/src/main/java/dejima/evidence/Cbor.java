package dejima.evidence;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.SequencedMap;

/// CBOR in its core deterministic encoding (RFC 8949 §4.2.1), as far as COSE receipts need it:
/// integers, byte strings, texts, arrays, maps with integer keys, one tag, and nothing.
sealed interface Cbor {
  /// An integer.
  record Int(long value) implements Cbor {}

  /// Bytes, by their hexadecimal text so that two of them can be equal.
  record Bytes(String hex) implements Cbor {
    static Bytes of(byte[] bytes) {
      return new Bytes(HexFormat.of().formatHex(bytes));
    }

    byte[] bytes() {
      return HexFormat.of().parseHex(hex);
    }
  }

  /// A text.
  record Text(String value) implements Cbor {}

  /// A list.
  record Array(List<Cbor> items) implements Cbor {
    /// Copies the list.
    public Array {
      items = List.copyOf(items);
    }
  }

  /// A map in the order of its encoded keys, which the writer of the map sees to.
  record Pairs(SequencedMap<Long, Cbor> members) implements Cbor {}

  /// A tagged item.
  record Tagged(long tag, Cbor item) implements Cbor {}

  /// `null`.
  record Nil() implements Cbor {}

  /// The bytes.
  default byte[] encoded() {
    var out = new ByteArrayOutputStream();
    write(out);
    return out.toByteArray();
  }

  private void write(ByteArrayOutputStream out) {
    switch (this) {
      case Int(long value) -> integer(value, out);
      case Bytes bytes -> string(2, bytes.bytes(), out);
      case Text(String value) -> string(3, value.getBytes(StandardCharsets.UTF_8), out);
      case Array(var items) -> {
        head(4, items.size(), out);
        items.forEach(item -> item.write(out));
      }
      case Pairs(var members) -> {
        head(5, members.size(), out);
        members.forEach((key, value) -> {
          integer(key, out);
          value.write(out);
        });
      }
      case Tagged(long tag, Cbor item) -> {
        head(6, tag, out);
        item.write(out);
      }
      case Nil() -> out.write(0xf6);
    }
  }

  private static void integer(long value, ByteArrayOutputStream out) {
    head(value < 0 ? 1 : 0, value < 0 ? ~value : value, out);
  }

  private static void string(int major, byte[] bytes, ByteArrayOutputStream out) {
    head(major, bytes.length, out);
    out.writeBytes(bytes);
  }

  private static void head(int major, long argument, ByteArrayOutputStream out) {
    int type = major << 5;
    if (argument < 24) {
      out.write(type | (int) argument);
      return;
    }
    int power = argument < 1L << 8 ? 0 : argument < 1L << 16 ? 1 : argument < 1L << 32 ? 2 : 3;
    out.write(type | (24 + power));
    for (int shift = ((1 << power) - 1) * 8; shift >= 0; shift -= 8) {
      out.write((int) (argument >>> shift));
    }
  }

  /// Reads bytes that are exactly one item in this encoding.
  static Reading<Cbor> read(byte[] bytes) {
    return new CborReader(bytes).read();
  }
}
