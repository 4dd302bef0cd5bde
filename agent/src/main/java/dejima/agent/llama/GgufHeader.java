package dejima.agent.llama;

import dejima.agent.EngineUnavailable;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What a GGUF file (version 2 or 3, little endian) says of its tokenizer, ahead of its tensors.
///
/// @param tokens the vocabulary
/// @param types llama.cpp's type of each token
record GgufHeader(List<String> tokens, List<Integer> types) {
  private static final int MAGIC = 0x46554747;
  private static final int MOST_ENTRIES = 100_000;
  private static final int MOST_ITEMS = 4_000_000;
  private static final int LONGEST_STRING = 16 << 20;

  private static final int STRING = 8;
  private static final int ARRAY = 9;

  /// Bytes of each fixed-size value type, in the order of their numbers; 0 for string and array.
  private static final int[] SIZES = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};

  private static final int UNKNOWN = 2;
  private static final int CONTROL = 3;
  private static final int USER_DEFINED = 4;

  /// Reads a file's header.
  ///
  /// @throws EngineUnavailable if it is no GGUF file
  static GgufHeader of(Path file) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      return read(in);
    } catch (IOException failure) {
      throw new EngineUnavailable(
          "the model " + file + " is not a GGUF file that can be read: " + failure.getMessage(),
          failure);
    }
  }

  /// Reads a header from its first byte.
  static GgufHeader read(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    int magic = int32(data);
    int version = int32(data);
    if (magic != MAGIC || version < 2 || version > 3) {
      throw new IOException("it does not begin as GGUF version 2 or 3");
    }
    count(data, Integer.MAX_VALUE); // tensors
    long entries = count(data, MOST_ENTRIES);
    List<String> tokens = new ArrayList<>();
    List<Integer> types = new ArrayList<>();
    for (long entry = 0; entry < entries; entry++) {
      String key = string(data);
      int type = int32(data);
      if (key.equals("tokenizer.ggml.tokens") && type == ARRAY) {
        strings(data, tokens);
      } else if (key.equals("tokenizer.ggml.token_type") && type == ARRAY) {
        numbers(data, types);
      } else {
        skip(data, type);
      }
    }
    return new GgufHeader(List.copyOf(tokens), List.copyOf(types));
  }

  /// The tokens that a server must not find in a user's text.
  ///
  /// Besides those marked as control or unknown: what is marked otherwise but written `<|…|>`, as
  /// llama.cpp treats it alike.
  ControlTokens controlTokens() {
    List<String> control = new ArrayList<>();
    for (int id = 0; id < tokens.size(); id++) {
      int type = id < types.size() ? types.get(id) : 1;
      if (type == CONTROL || type == UNKNOWN || looksLikeControl(tokens.get(id), type)) {
        control.add(tokens.get(id));
      }
    }
    return new ControlTokens(control);
  }

  private static boolean looksLikeControl(String token, int type) {
    return (token.startsWith("<|") && token.endsWith("|>"))
        || (token.startsWith("<｜") && token.endsWith("｜>"))
        || (type == USER_DEFINED && token.startsWith("<start_of_"))
        || token.equals("<end_of_turn>")
        || token.equals("<start_of_turn>")
        || token.endsWith("<EOT>");
  }

  private static void strings(DataInputStream data, List<String> into) throws IOException {
    int type = int32(data);
    long items = count(data, MOST_ITEMS);
    if (type != STRING) {
      throw new IOException("its vocabulary is not made of strings");
    }
    for (long item = 0; item < items; item++) {
      into.add(string(data));
    }
  }

  private static void numbers(DataInputStream data, List<Integer> into) throws IOException {
    int type = int32(data);
    long items = count(data, MOST_ITEMS);
    if (size(type) != Integer.BYTES) {
      throw new IOException("its token types are not 32-bit numbers");
    }
    for (long item = 0; item < items; item++) {
      into.add(int32(data));
    }
  }

  private static void skip(DataInputStream data, int type) throws IOException {
    if (type == STRING) {
      data.skipNBytes(count(data, LONGEST_STRING));
    } else if (type == ARRAY) {
      int item = int32(data);
      long items = count(data, Integer.MAX_VALUE);
      if (item == STRING) {
        for (long done = 0; done < items; done++) {
          skip(data, STRING);
        }
      } else {
        data.skipNBytes(items * size(item));
      }
    } else {
      data.skipNBytes(size(type));
    }
  }

  private static int size(int type) throws IOException {
    if (type < 0 || type >= SIZES.length || SIZES[type] == 0) {
      throw new IOException("it has a value of an unknown type");
    }
    return SIZES[type];
  }

  private static String string(DataInputStream data) throws IOException {
    int length = (int) count(data, LONGEST_STRING);
    byte[] bytes = data.readNBytes(length);
    if (bytes.length < length) {
      throw new IOException("it ends too early");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static long count(DataInputStream data, int most) throws IOException {
    long count = Long.reverseBytes(data.readLong());
    if (count < 0 || count > most) {
      throw new IOException("it has an impossible count");
    }
    return count;
  }

  private static int int32(DataInputStream data) throws IOException {
    return Integer.reverseBytes(data.readInt());
  }
}
