package dejima.evidence;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;

/// Reads one item of [Cbor]; used once.
final class CborReader {
  private static final int MAX_BYTES = 1 << 16;
  private static final int DEEPEST = 8;

  private final byte[] bytes;
  private final ByteBuffer in;

  CborReader(byte[] bytes) {
    this.bytes = bytes.clone();
    this.in = ByteBuffer.wrap(this.bytes);
  }

  Reading<Cbor> read() {
    if (bytes.length > MAX_BYTES) {
      return new Reading.Unreadable<>("CBOR: longer than 64 KiB");
    }
    try {
      var item = item(0);
      return !in.hasRemaining() && Arrays.equals(item.encoded(), bytes)
          ? new Reading.Read<>(item)
          : new Reading.Unreadable<>("CBOR: not in its deterministic form");
    } catch (BufferUnderflowException | IllegalArgumentException | CharacterCodingException e) {
      return new Reading.Unreadable<>("CBOR: malformed");
    }
  }

  private Cbor item(int depth) throws CharacterCodingException {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException("too deep");
    }
    int head = Byte.toUnsignedInt(in.get());
    if (head == 0xf6) {
      return new Cbor.Nil();
    }
    long argument = argument(head & 0x1f);
    return switch (head >>> 5) {
      case 0 -> new Cbor.Int(argument);
      case 1 -> new Cbor.Int(~argument);
      case 2 -> Cbor.Bytes.of(string(argument));
      case 3 ->
          new Cbor.Text(
              StandardCharsets.UTF_8
                  .newDecoder()
                  .decode(ByteBuffer.wrap(string(argument)))
                  .toString());
      case 4 -> array(argument, depth);
      case 5 -> pairs(argument, depth);
      case 6 -> new Cbor.Tagged(argument, item(depth + 1));
      default -> throw new IllegalArgumentException("a kind that is not used here");
    };
  }

  private long argument(int small) {
    long argument =
        switch (small) {
          case 24 -> Byte.toUnsignedLong(in.get());
          case 25 -> Short.toUnsignedLong(in.getShort());
          case 26 -> Integer.toUnsignedLong(in.getInt());
          case 27 -> in.getLong();
          default -> small;
        };
    if (argument < 0 || small > 27) {
      throw new IllegalArgumentException("a number beyond 2^63-1, or of no length");
    }
    return argument;
  }

  private byte[] string(long length) {
    if (length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] string = new byte[(int) length];
    in.get(string);
    return string;
  }

  private Cbor array(long count, int depth) throws CharacterCodingException {
    var items = new ArrayList<Cbor>();
    for (long i = 0; i < count; i++) {
      items.add(item(depth + 1));
    }
    return new Cbor.Array(items);
  }

  private Cbor pairs(long count, int depth) throws CharacterCodingException {
    var members = new LinkedHashMap<Long, Cbor>();
    for (long i = 0; i < count; i++) {
      if (!(item(depth + 1) instanceof Cbor.Int(long key))
          || members.putIfAbsent(key, item(depth + 1)) != null) {
        throw new IllegalArgumentException("a key for the second time, or of another kind");
      }
    }
    return new Cbor.Pairs(members);
  }
}
