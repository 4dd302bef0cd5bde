package dejima.evidence;

import dejima.evidence.tree.Merkle;
import java.util.List;

/// The bytes of an entry: canonical JSON of its facts and of what the log adds.
final class Body {
  static final int MAX_BYTES = 8192;

  /// The first byte of a log entry that holds a body's hash.
  static final byte ENTRY_TYPE = 0x01;

  private static final byte[] ENTRY_PREFIX = {ENTRY_TYPE};

  private Body() {}

  /// The Merkle leaf hash of the log entry `0x01 ‖ SHA-256(body)`.
  static byte[] leafHash(byte[] bodyHash) {
    return Merkle.leafHash(ENTRY_PREFIX, bodyHash);
  }

  /// Renders an entry; the names that the log adds are merged into the facts in canonical order.
  ///
  /// @param previous base64 SHA-256 of the tenant's previous body, empty for its first
  static void write(
      Entry entry, long time, long sequence, String previous, CanonicalWriter writer) {
    var facts = entry.facts().members();
    writer.put('{');
    int next = upTo("id", facts, 0, writer);
    writer.ascii("\"id\":\"");
    writer.ascii(entry.id());
    writer.put('"');
    next = upTo("kind", facts, next, writer);
    writer.ascii(",\"kind\":\"");
    writer.ascii(entry.kind().text());
    writer.put('"');
    next = upTo("previous", facts, next, writer);
    writer.ascii(",\"previous\":\"");
    writer.ascii(previous);
    writer.put('"');
    next = upTo("sequence", facts, next, writer);
    writer.ascii(",\"sequence\":");
    writer.integer(sequence);
    next = upTo("tenant", facts, next, writer);
    writer.ascii(",\"tenant\":");
    writer.string(entry.tenant());
    next = upTo("time", facts, next, writer);
    writer.ascii(",\"time\":");
    writer.integer(time);
    next = upTo("v", facts, next, writer);
    writer.ascii(",\"v\":1");
    rest(facts, next, writer);
    writer.put('}');
  }

  /// Before `id` a comma follows each fact, after it one precedes each.
  private static int upTo(String name, List<Json.Member> facts, int from, CanonicalWriter writer) {
    int next = from;
    boolean leading = name.equals("id");
    while (next < facts.size() && facts.get(next).name().compareTo(name) < 0) {
      if (!leading) {
        writer.put(',');
      }
      writer.member(facts.get(next++));
      if (leading) {
        writer.put(',');
      }
    }
    return next;
  }

  private static void rest(List<Json.Member> facts, int from, CanonicalWriter writer) {
    for (int next = from; next < facts.size(); next++) {
      writer.put(',');
      writer.member(facts.get(next));
    }
  }
}
