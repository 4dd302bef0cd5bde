package dejima.evidence;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads receipt files; see [Receipt#parse].
final class ReceiptReader {
  private static final int MAX_BYTES = 16 << 20;
  private static final int EXTRA_MEMBERS = 7;
  private static final long BEFORE_DOCUMENTS = 2;
  private static final long NEWEST = 3;
  private static final int PROVEN_MEMBERS = 3;

  private ReceiptReader() {}

  static Reading<Receipt> read(byte[] file) {
    if (file.length > MAX_BYTES) {
      return new Reading.Unreadable<>("receipt: longer than 16 MiB");
    }
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
      var receipt = receipt(text);
      return Arrays.equals(receipt.bytes(), file)
          ? new Reading.Read<>(receipt)
          : new Reading.Unreadable<>("receipt: not in its one form");
    } catch (CharacterCodingException e) {
      return new Reading.Unreadable<>("receipt: not UTF-8");
    } catch (NumberFormatException e) {
      return new Reading.Unreadable<>("receipt: a number is none"); // its message quotes the input
    } catch (IllegalArgumentException e) {
      return new Reading.Unreadable<>("receipt: " + e.getMessage());
    }
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException("malformed");
  }

  private static Receipt receipt(String text) {
    int blank = text.indexOf("\n\n");
    if (blank < 0) {
      throw malformed();
    }
    var head = List.of(text.substring(0, blank).split("\n", -1));
    if (head.size() < 3 || !head.getFirst().equals(Receipt.HEADER)) {
      throw malformed();
    }
    long index = Long.parseLong(after("index ", head.get(2)));
    byte[] extra = StrictBase64.read(after("extra ", head.get(1))).orThrow();
    var note = SignedNote.parse(text.substring(blank + 2)).orThrow();
    return receipt(object(Json.read(extra, MAX_BYTES)), index, head.subList(3, head.size()), note);
  }

  private static String after(String word, String line) {
    if (!line.startsWith(word)) {
      throw malformed();
    }
    return line.substring(word.length());
  }

  private static Json.Obj object(Reading<Json> json) {
    if (json.orThrow() instanceof Json.Obj object) {
      return object;
    }
    throw malformed();
  }

  private static String text(Json json) {
    if (json instanceof Json.Str(String text)) {
      return text;
    }
    throw malformed();
  }

  private static Receipt receipt(Json.Obj extra, long index, List<String> path, SignedNote note) {
    Optional<Carried> carried = carried(extra);
    if (extra.members().size() != EXTRA_MEMBERS + (carried.isPresent() ? 1 : 0)) {
      throw malformed();
    }
    return new Receipt(
        extra.object("body").orElseThrow(ReceiptReader::malformed),
        index,
        path,
        extra.string("salt").orElseThrow(ReceiptReader::malformed),
        proven(extra.array("intents")),
        proven(extra.array("grounds")),
        new Receipt.Documents(
            policy(extra.object("policy").orElseThrow(ReceiptReader::malformed)),
            extra.get("siteFacts").orElseThrow(ReceiptReader::malformed),
            carried),
        note);
  }

  /// From version 3 on.
  private static Optional<Carried> carried(Json.Obj extra) {
    long version = extra.integer("v").orElse(0L);
    if (version == NEWEST) {
      return Optional.of(
          Carried.of(extra.object("documents").orElseThrow(ReceiptReader::malformed)));
    }
    if (version == BEFORE_DOCUMENTS) {
      return Optional.empty();
    }
    throw malformed();
  }

  private static List<Receipt.Proven> proven(Optional<List<Json>> entries) {
    return entries.orElseThrow(ReceiptReader::malformed).stream()
        .map(ReceiptReader::proven)
        .toList();
  }

  private static Receipt.Proven proven(Json json) {
    if (!(json instanceof Json.Obj entry) || entry.members().size() != PROVEN_MEMBERS) {
      throw malformed();
    }
    return new Receipt.Proven(
        entry.integer("index").orElseThrow(ReceiptReader::malformed),
        entry.object("body").orElseThrow(ReceiptReader::malformed),
        entry.array("proof").orElseThrow(ReceiptReader::malformed).stream()
            .map(ReceiptReader::text)
            .toList());
  }

  private static Map<String, String> policy(Json.Obj policy) {
    var files = new HashMap<String, String>();
    policy.forEach((path, file) -> files.put(path, text(file)));
    return files;
  }
}
