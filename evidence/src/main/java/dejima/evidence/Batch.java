package dejima.evidence;

import dejima.evidence.journal.Frame;
import dejima.evidence.journal.RequestKey;
import dejima.evidence.tree.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/// Entries on their way to the journal, rendered as frames one after the other. Nothing of a batch
/// counts before its frames are durable. Used again and again by one thread.
final class Batch {
  private final CanonicalWriter frames = new CanonicalWriter(1 << 20);
  private final List<Item> items = new ArrayList<>();
  private final MessageDigest digest = Sha256.digest();
  private final Chain chain;
  private long nextIndex;
  private int checksum;

  /// One entry in the batch.
  static final class Item {
    private final Pending pending;
    private final RequestKey key;
    private final byte[] hash;
    private final String hashText;
    private final int offset;

    private Item(Pending pending, RequestKey key, byte[] hash, String hashText, int offset) {
      this.pending = pending;
      this.key = key;
      this.hash = hash;
      this.hashText = hashText;
      this.offset = offset;
    }

    Kind kind() {
      return pending.entry().kind();
    }

    RequestKey key() {
      return key;
    }

    byte[] hash() {
      return hash;
    }

    /// The hash in base64.
    String hashText() {
      return hashText;
    }

    /// Where the frame stands within the batch.
    int offset() {
      return offset;
    }

    EvidenceLog.Receiver receiver() {
      return pending.receiver();
    }
  }

  /// An entry and who waits for it.
  record Pending(Entry entry, EvidenceLog.Receiver receiver) {}

  /// What became of adding an entry.
  enum Added {
    /// It is in the batch.
    YES,
    /// The batch has no room for it.
    FULL,
    /// No batch has: it is too large.
    TOO_LARGE
  }

  Batch(Chain chain) {
    this.chain = chain;
  }

  /// Starts anew behind a record.
  void start(long index, int lastChecksum) {
    frames.truncate(0);
    items.clear();
    nextIndex = index;
    checksum = lastChecksum;
  }

  /// Renders an entry as the next of its tenant.
  ///
  /// @param limit bytes that the batch may have
  Added add(Pending pending, long time, int limit) {
    var entry = pending.entry();
    int from = frames.length();
    byte[] tenant = entry.tenant().getBytes(StandardCharsets.UTF_8);
    frames.skip(Frame.HEADER);
    frames.bytes(tenant);
    int bodyFrom = frames.length();
    var head = chain.head(entry.tenant());
    Body.write(entry, time, head.sequence() + 1, head.hash(), frames);
    int to = frames.length();
    if (to - bodyFrom > Body.MAX_BYTES) {
      frames.truncate(from);
      return Added.TOO_LARGE;
    }
    if (to > limit) {
      frames.truncate(from);
      return Added.FULL;
    }
    seal(pending, from, bodyFrom, tenant.length);
    return Added.YES;
  }

  /// Closes the frame that was rendered last and makes it the head of its tenant's chain.
  private void seal(Pending pending, int from, int bodyFrom, int tenantBytes) {
    var entry = pending.entry();
    int to = frames.length();
    byte[] hash = hash(bodyFrom, to);
    var key = Catalog.key(entry.id());
    long sequence = chain.head(entry.tenant()).sequence() + 1;
    checksum =
        Frame.seal(
            frames.buffer(),
            from,
            to,
            checksum,
            nextIndex++,
            entry.kind().code(),
            key.high(),
            key.low(),
            sequence,
            tenantBytes);
    String hashText = StrictBase64.text(hash);
    chain.advance(entry.tenant(), new Chain.Head(sequence, hashText));
    items.add(new Item(pending, key, hash, hashText, from));
  }

  private byte[] hash(int from, int to) {
    try {
      digest.update(frames.buffer(), from, to - from);
      byte[] hash = new byte[Sha256.LENGTH];
      digest.digest(hash, 0, hash.length);
      return hash;
    } catch (DigestException e) {
      throw new IllegalStateException("SHA-256 no longer has 32 bytes", e);
    }
  }

  List<Item> items() {
    return items;
  }

  byte[] frames() {
    return frames.buffer();
  }

  int length() {
    return frames.length();
  }

  int checksum() {
    return checksum;
  }
}
