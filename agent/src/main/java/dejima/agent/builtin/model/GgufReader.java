package dejima.agent.builtin.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads the GGUF format, version 3, from bytes that may be hostile.
///
/// Every length is checked against what is left before anything is allocated for it, so that the
/// memory used stays in proportion to the file.
final class GgufReader {
  private static final int MAGIC = 0x46554747;
  private static final int DEFAULT_ALIGNMENT = 32;
  private static final int MOST_DIMENSIONS = 4;
  private static final int SMALLEST_ENTRY = 8;

  private final byte[] bytes;
  private final ByteBuffer in;

  private GgufReader(byte[] bytes) {
    this.bytes = bytes;
    this.in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /// Parses a whole file, or says in a [MalformedModelException] what is wrong with it.
  static GgufFile read(byte[] bytes) {
    return new GgufReader(bytes).file();
  }

  private GgufFile file() {
    if (bytes.length < 24 || in.getInt() != MAGIC) {
      throw new MalformedModelException("not a GGUF file");
    }
    int version = in.getInt();
    if (version != 3) {
      throw new MalformedModelException("GGUF version " + version + ", expected 3");
    }
    int tensorCount = count(in.getLong(), SMALLEST_ENTRY, "tensors");
    int valueCount = count(in.getLong(), SMALLEST_ENTRY, "metadata values");
    Map<String, GgufValue> metadata = new HashMap<>();
    for (int i = 0; i < valueCount; i++) {
      String key = string();
      if (metadata.put(key, value(int32(), 0)) != null) {
        throw new MalformedModelException("metadata key appears twice: " + printable(key));
      }
    }
    return new GgufFile(bytes, metadata, tensors(tensorCount, alignment(metadata)));
  }

  private static int alignment(Map<String, GgufValue> metadata) {
    return switch (metadata.get("general.alignment")) {
      case null -> DEFAULT_ALIGNMENT;
      case GgufValue.Whole(long a) when a >= 8 && a <= 65536 && Long.bitCount(a) == 1 -> (int) a;
      case GgufValue other ->
          throw new MalformedModelException("general.alignment is not a power of two: " + other);
    };
  }

  private Map<String, GgufTensor> tensors(int count, int alignment) {
    record Entry(String name, List<Long> dimensions, GgufTensor.Encoding encoding, long offset) {}
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entries.add(
          new Entry(string(), dimensions(), GgufTensor.Encoding.of(int32()), int64("offset")));
    }
    long start = (in.position() + (long) alignment - 1) / alignment * alignment;
    Map<String, GgufTensor> tensors = new HashMap<>();
    for (Entry e : entries) {
      long offset = placed(e.name(), e.dimensions(), e.encoding(), e.offset(), start, alignment);
      var tensor = new GgufTensor(e.name(), e.dimensions(), e.encoding(), Math.toIntExact(offset));
      if (tensors.put(e.name(), tensor) != null) {
        throw new MalformedModelException("tensor appears twice: " + printable(e.name()));
      }
    }
    return tensors;
  }

  private long placed(
      String name,
      List<Long> dimensions,
      GgufTensor.Encoding encoding,
      long offset,
      long start,
      int alignment) {
    long elements = 1;
    for (long d : dimensions) {
      if (d < 1 || d > Integer.MAX_VALUE || elements * d > Integer.MAX_VALUE) {
        throw new MalformedModelException("tensor " + printable(name) + " has impossible sizes");
      }
      elements *= d;
    }
    if (dimensions.getFirst() % encoding.group != 0) {
      throw new MalformedModelException("tensor " + printable(name) + " has half a group");
    }
    long size = elements / encoding.group * encoding.groupBytes;
    long room = bytes.length - start;
    if (offset < 0 || offset % alignment != 0 || size > room || offset > room - size) {
      throw new MalformedModelException("tensor " + printable(name) + " lies outside the file");
    }
    return start + offset;
  }

  private List<Long> dimensions() {
    int count = int32();
    if (count < 1 || count > MOST_DIMENSIONS) {
      throw new MalformedModelException("a tensor has " + count + " dimensions");
    }
    List<Long> dimensions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      dimensions.add(int64("dimension"));
    }
    return dimensions;
  }

  private GgufValue value(int type, int depth) {
    return switch (type) {
      case 0 -> new GgufValue.Whole(fixed(1).get() & 0xff);
      case 1 -> new GgufValue.Whole(fixed(1).get());
      case 2 -> new GgufValue.Whole(fixed(2).getShort() & 0xffff);
      case 3 -> new GgufValue.Whole(fixed(2).getShort());
      case 4 -> new GgufValue.Whole(Integer.toUnsignedLong(int32()));
      case 5 -> new GgufValue.Whole(int32());
      case 6 -> new GgufValue.Real(fixed(4).getFloat());
      case 7 -> new GgufValue.Truth(fixed(1).get() != 0);
      case 8 -> new GgufValue.Text(string());
      case 9 -> sequence(depth);
      case 10, 11 -> new GgufValue.Whole(fixed(8).getLong());
      case 12 -> new GgufValue.Real(fixed(8).getDouble());
      default -> throw new MalformedModelException("unknown metadata type " + type);
    };
  }

  private GgufValue sequence(int depth) {
    if (depth > 0) {
      throw new MalformedModelException("metadata arrays are nested");
    }
    int type = int32();
    int count = count(fixed(8).getLong(), type == 8 ? 8 : 1, "array elements");
    List<GgufValue> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(value(type, depth + 1));
    }
    return new GgufValue.Sequence(values);
  }

  private String string() {
    int length = count(fixed(8).getLong(), 1, "bytes of text");
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(in.slice(in.position(), length));
      in.position(in.position() + length);
      return text.toString();
    } catch (CharacterCodingException e) {
      throw new MalformedModelException("a text is not UTF-8 at byte " + in.position());
    }
  }

  private int int32() {
    return fixed(4).getInt();
  }

  private long int64(String what) {
    long value = fixed(8).getLong();
    if (value < 0) {
      throw new MalformedModelException(what + " is beyond any file");
    }
    return value;
  }

  private ByteBuffer fixed(int size) {
    if (in.remaining() < size) {
      throw new MalformedModelException("the file ends early, at byte " + bytes.length);
    }
    return in;
  }

  private int count(long count, int leastBytesEach, String what) {
    if (count < 0 || count > in.remaining() / leastBytesEach) {
      throw new MalformedModelException(
          "the file names " + Long.toUnsignedString(count) + " " + what + ", more than it holds");
    }
    return (int) count;
  }

  private static String printable(String name) {
    String shortened = name.length() > 64 ? name.substring(0, 64) + "…" : name;
    return shortened.replaceAll("\\p{Cntrl}", "?");
  }
}
