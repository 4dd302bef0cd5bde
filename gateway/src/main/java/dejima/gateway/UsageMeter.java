package dejima.gateway;

import java.nio.charset.StandardCharsets;

/// Reads the token counts out of an answer while its bytes pass by.
///
/// The keys `prompt_tokens` and `completion_tokens` cannot occur inside a JSON string with their
/// closing quote unescaped, so the last number behind each is the engine's own count. A stream that
/// carries no usage is counted in events, which is said so in the outcome.
public final class UsageMeter {
  private static final byte[] INPUT = bytes("\"prompt_tokens\"");
  private static final byte[] OUTPUT = bytes("\"completion_tokens\"");
  private static final byte[] DATA = bytes("data:");
  private static final byte[] DONE = bytes("data: [DONE]");
  private static final byte[] DONE_CLOSE = bytes("data:[DONE]");
  private static final int CARRY = 48;

  private final byte[] carried = new byte[CARRY];
  private int carriedLength;
  private long input = -1;
  private long output = -1;
  private long events;
  private boolean done;
  private boolean pastStart;

  /// A meter that has seen nothing.
  public UsageMeter() {}

  /// The token counts of one answer.
  ///
  /// @param input input tokens
  /// @param output output tokens
  /// @param reported whether the engine reported them; otherwise output is the number of events
  public record Usage(long input, long output, boolean reported) {}

  /// Looks at the next bytes of the answer.
  public void accept(byte[] chunk) {
    byte[] window = chunk;
    int from = 0;
    if (carriedLength > 0) {
      window = new byte[carriedLength + chunk.length];
      System.arraycopy(carried, 0, window, 0, carriedLength);
      System.arraycopy(chunk, 0, window, carriedLength, chunk.length);
      from = carriedLength;
    }
    scan(window, from);
    carriedLength = Math.min(CARRY, window.length);
    pastStart |= carriedLength < window.length;
    System.arraycopy(window, window.length - carriedLength, carried, 0, carriedLength);
  }

  /// Whether the stream's own end mark has passed.
  public boolean sawDone() {
    return done;
  }

  /// The counts so far.
  public Usage usage() {
    if (input >= 0 || output >= 0) {
      return new Usage(Math.max(0, input), Math.max(0, output), true);
    }
    return new Usage(0, Math.max(0, events), false);
  }

  private void scan(byte[] window, int fresh) {
    for (int i = 0; i < window.length; i++) {
      byte c = window[i];
      if (c == '"' && i + 2 < window.length) {
        quoted(window, i);
      } else if (c == 'd' && (i == 0 ? !pastStart : window[i - 1] == '\n')) {
        event(window, i, fresh);
      }
    }
  }

  private void quoted(byte[] window, int at) {
    if (window[at + 1] == 'p' && matches(window, at, INPUT)) {
      input = number(window, at + INPUT.length, input);
    } else if (window[at + 1] == 'c' && matches(window, at, OUTPUT)) {
      output = number(window, at + OUTPUT.length, output);
    }
  }

  private void event(byte[] window, int at, int fresh) {
    boolean countedBefore = at + DATA.length <= fresh;
    if (!countedBefore && matches(window, at, DATA)) {
      events++;
    }
    if (!done && (matches(window, at, DONE) || matches(window, at, DONE_CLOSE))) {
      done = true;
      events--;
    }
  }

  /// The whole number behind a key's colon, once a byte that ends it has been seen.
  private static long number(byte[] window, int at, long otherwise) {
    int i = at;
    while (i < window.length && (window[i] == ' ' || window[i] == ':')) {
      i++;
    }
    int start = i;
    long value = 0;
    while (i < window.length && window[i] >= '0' && window[i] <= '9' && i - start < 15) {
      value = value * 10 + window[i] - '0';
      i++;
    }
    return i == start || i == window.length ? otherwise : value;
  }

  private static boolean matches(byte[] window, int at, byte[] wanted) {
    if (at + wanted.length > window.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (window[at + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  private static byte[] bytes(String ascii) {
    return ascii.getBytes(StandardCharsets.US_ASCII);
  }
}
