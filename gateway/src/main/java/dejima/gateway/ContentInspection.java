package dejima.gateway;

import dejima.residency.Marker;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/// Looks for personal data in a request body, so that a label which is too low is raised.
///
/// It reads the raw bytes once, with JSON's `\\u` escapes resolved first when there are any, skips
/// embedded `data:` media, and only ever adds markers. What it does not find may still be there: it
/// is a net below the declared class, not a replacement of it.
public final class ContentInspection {
  private static final byte[] EMBEDDED = {'"', 'd', 'a', 't', 'a', ':'};
  private static final byte[] ENCODED = {';', 'b', 'a', 's', 'e', '6', '4', ','};
  private static final int LONGEST_MEDIA_TYPE = 100;

  private final byte[] text;
  private final Set<Marker> found = EnumSet.noneOf(Marker.class);

  private ContentInspection(byte[] text) {
    this.text = text;
  }

  /// The markers that `body` calls for.
  public static Set<Marker> of(byte[] body) {
    ContentInspection inspection = new ContentInspection(EscapedText.resolve(body));
    inspection.scan();
    return inspection.found;
  }

  private void scan() {
    int i = 0;
    while (i < text.length) {
      byte c = text[i];
      if (c == '"' && startsWith(EMBEDDED, i)) {
        i = behindEmbedded(i + EMBEDDED.length);
      } else if (DigitRun.startsAt(text, i)) {
        DigitRun run = DigitRun.read(text, i);
        judge(run);
        i = run.end();
      } else {
        if (c == '@' && MailAddress.around(text, i)) {
          found.add(Marker.PERSONAL);
        }
        i++;
      }
    }
  }

  private void judge(DigitRun run) {
    if (run.holdsMyNumber()) {
      found.add(Marker.MY_NUMBER);
      found.add(Marker.PERSONAL);
    }
    if (run.holdsPaymentCard()) {
      found.add(Marker.FINANCIAL);
      found.add(Marker.PERSONAL);
    }
    if (run.holdsMobilePhone()) {
      found.add(Marker.PERSONAL);
    }
  }

  private boolean startsWith(byte[] wanted, int at) {
    return at + wanted.length <= text.length
        && Arrays.equals(text, at, at + wanted.length, wanted, 0, wanted.length);
  }

  /// Where a `data:` URL's base64 ends; right behind `data:` when what follows is no such URL but
  /// text that happens to begin like one.
  private int behindEmbedded(int from) {
    int i = from;
    while (i < text.length && i - from < LONGEST_MEDIA_TYPE && !startsWith(ENCODED, i)) {
      if (text[i] == '"' || text[i] <= ' ') {
        return from;
      }
      i++;
    }
    if (!startsWith(ENCODED, i)) {
      return from;
    }
    i += ENCODED.length;
    while (i < text.length && isBase64(text[i])) {
      i++;
    }
    return i;
  }

  private static boolean isBase64(byte c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '+'
        || c == '/'
        || c == '='
        || c == '\\';
  }
}
