package dejima.agent.builtin;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Puts characters together from bytes that come in any portions.
///
/// Bytes that can be no character come out as U+FFFD; a character that never becomes complete is
/// left out.
final class Utf8Text {
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private byte[] rest = new byte[0];

  /// The characters that are complete with these bytes and were not before.
  String append(byte[] bytes) {
    var in = ByteBuffer.allocate(rest.length + bytes.length).put(rest).put(bytes).flip();
    var out = CharBuffer.allocate(in.remaining() + 2);
    var _ = decoder.decode(in, out, false);
    rest = new byte[in.remaining()];
    in.get(rest);
    return out.flip().toString();
  }
}
