package dejima.attestation;

import dejima.evidence.Json;
import dejima.evidence.Reading;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;

/// Opens one sealed answer as it comes. Each byte that it gives was sealed by whoever opened the
/// prompt, for this prompt, at this place of the answer; but only [#end] tells that nothing is
/// missing.
public final class AnswerOpener {
  private static final int NONCE = 32;
  private static final int LONGEST_HEAD = 1024;

  private final AnswerKey key;
  private Optional<AnswerCipher> cipher = Optional.empty();
  private byte[] pending = new byte[0];
  private boolean last;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private Optional<Head> head = Optional.empty();
  private Optional<String> fault = Optional.empty();

  /// How the engine's answer begins.
  ///
  /// @param status HTTP status
  /// @param contentType media type
  public record Head(int status, String contentType) {}

  AnswerOpener(AnswerKey key) {
    this.key = key;
  }

  /// How the answer begins, once that is known.
  public Optional<Head> head() {
    return head;
  }

  /// Takes the next bytes.
  ///
  /// @return what they add to the engine's answer, perhaps nothing yet; once unreadable, always
  public Reading<byte[]> more(byte[] bytes) {
    byte[] all = Arrays.copyOf(pending, pending.length + bytes.length);
    System.arraycopy(bytes, 0, all, pending.length, bytes.length);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int at = 0;
    for (int next = step(all, at, out); next > at && fault.isEmpty(); next = step(all, at, out)) {
      at = next;
    }
    pending = Arrays.copyOfRange(all, at, all.length);
    if (last && pending.length > AnswerCipher.LONGEST) {
      fail("its last part is too long");
    }
    return said(out);
  }

  /// No more bytes come: opens the last part.
  public Reading<byte[]> end() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (fault.isEmpty() && !last) {
      fail("it was cut off: its last part is missing");
    } else if (fault.isEmpty()) {
      open(pending, true, out);
    }
    if (fault.isEmpty() && head.isEmpty()) {
      fail("it does not say how it begins");
    }
    return said(out);
  }

  private Reading<byte[]> said(ByteArrayOutputStream out) {
    return fault
        .<Reading<byte[]>>map(
            why -> new Reading.Unreadable<>("the sealed answer cannot be opened: " + why))
        .orElseGet(() -> new Reading.Read<>(out.toByteArray()));
  }

  private void fail(String why) {
    fault = Optional.of(why);
  }

  /// Takes one part from `at` on, if it is whole.
  ///
  /// @return where the next one begins, `at` if this one is not whole
  private int step(byte[] all, int at, ByteArrayOutputStream out) {
    int there = all.length - at;
    if (cipher.isEmpty()) {
      if (there < NONCE) {
        return at;
      }
      cipher = Optional.of(key.cipher(Arrays.copyOfRange(all, at, at + NONCE)));
      return at + NONCE;
    }
    if (last || there == 0) {
      return at;
    }
    int size = 1 << ((all[at] & 0xc0) >>> 6);
    if (there < size) {
      return at;
    }
    long length = all[at] & 0x3f;
    for (int i = 1; i < size; i++) {
      length = (length << 8) | (all[at + i] & 0xff);
    }
    if (length == 0) {
      last = true;
      return at + size;
    }
    if (length > AnswerCipher.LONGEST) {
      fail("a part is too long");
      return at;
    }
    int end = at + size + (int) length;
    if (end > all.length) {
      return at;
    }
    open(Arrays.copyOfRange(all, at + size, end), false, out);
    return end;
  }

  private void open(byte[] sealed, boolean whole, ByteArrayOutputStream out) {
    cipher
        .flatMap(chunks -> chunks.open(sealed, whole))
        .ifPresentOrElse(
            content -> take(content, out),
            () -> fail("a part is not the one that was sealed here for this prompt"));
  }

  private void take(byte[] content, ByteArrayOutputStream out) {
    int at = 0;
    while (head.isEmpty() && at < content.length && fault.isEmpty()) {
      byte next = content[at++];
      if (next == '\n') {
        head = read(line.toByteArray());
        if (head.isEmpty()) {
          fail("it does not say how it begins");
        }
      } else if (line.size() == LONGEST_HEAD) {
        fail("it does not say how it begins");
      } else {
        line.write(next);
      }
    }
    out.write(content, at, content.length - at);
  }

  private static Optional<Head> read(byte[] line) {
    return Json.read(line) instanceof Reading.Read<Json>(Json.Obj said)
        ? said.integer("status")
            .filter(status -> status >= 100 && status <= 599)
            .flatMap(
                status -> said.string("contentType").map(type -> new Head(status.intValue(), type)))
        : Optional.empty();
  }
}
