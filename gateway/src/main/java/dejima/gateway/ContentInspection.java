package dejima.gateway;

import dejima.residency.Marker;
import java.util.EnumSet;
import java.util.Set;

/// Looks for personal data in a request body, so that a label which is too low is raised.
///
/// It reads the raw bytes once, with JSON's `\\u` escapes resolved first when there are any, skips
/// embedded `data:` media, and only ever adds markers. What it does not find may still be there: it
/// is a net below the declared class, not a replacement of it.
public final class ContentInspection {
  private static final byte[] EMBEDDED = {'"', 'd', 'a', 't', 'a', ':'};

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
      if (c == '"' && startsWithEmbedded(i)) {
        i = closingQuote(i + 1);
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
    if (run.isMyNumber()) {
      found.add(Marker.MY_NUMBER);
      found.add(Marker.PERSONAL);
    } else if (run.isPaymentCard()) {
      found.add(Marker.FINANCIAL);
      found.add(Marker.PERSONAL);
    } else if (run.isMobilePhone()) {
      found.add(Marker.PERSONAL);
    }
  }

  private boolean startsWithEmbedded(int at) {
    if (at + EMBEDDED.length > text.length) {
      return false;
    }
    for (int i = 1; i < EMBEDDED.length; i++) {
      if (text[at + i] != EMBEDDED[i]) {
        return false;
      }
    }
    return true;
  }

  private int closingQuote(int from) {
    int i = from;
    while (i < text.length && text[i] != '"') {
      i++;
    }
    return i + 1;
  }
}
