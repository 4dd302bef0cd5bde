package dejima.evidence;

import dejima.evidence.tree.Merkle;
import dejima.evidence.tree.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Keeps bodies and leaf hashes in lists.
final class MemoryLog implements EvidenceLog {
  private final LogSettings settings;
  private final Chain chain = new Chain(Map.of());
  private final List<LoggedEntry> entries = new ArrayList<>();
  private final List<byte[]> leafHashes = new ArrayList<>();
  private boolean closed;

  MemoryLog(LogSettings settings) {
    this.settings = settings;
  }

  @Override
  public void append(Entry entry, Receiver receiver) {
    switch (record(entry)) {
      case Recorded(Promise promise) -> receiver.durable(promise);
      case NotRecorded(AppendFailure failure) -> receiver.failed(failure);
    }
  }

  @Override
  public void appendLater(Entry entry, Receiver receiver) {
    append(entry, receiver);
  }

  private sealed interface Attempt {}

  private record Recorded(Promise promise) implements Attempt {}

  private record NotRecorded(AppendFailure failure) implements Attempt {}

  private synchronized Attempt record(Entry entry) {
    if (closed) {
      return new NotRecorded(new AppendFailure.LogUnavailable("it is closed"));
    }
    var writer = new CanonicalWriter(2048);
    var head = chain.head(entry.tenant());
    Body.write(entry, settings.clock().millis(), head.sequence() + 1, head.hash(), writer);
    byte[] body = writer.toByteArray();
    if (body.length > Body.MAX_BYTES) {
      return new NotRecorded(new AppendFailure.EntryTooLarge());
    }
    byte[] hash = Sha256.of(body);
    long index = entries.size();
    chain.advance(entry.tenant(), new Chain.Head(head.sequence() + 1, StrictBase64.text(hash)));
    chain.commit();
    entries.add(new LoggedEntry(index, (Json.Obj) Json.read(body).orThrow()));
    leafHashes.add(Body.leafHash(hash));
    return new Recorded(new Promise(index, hash, StrictBase64.text(hash), this::sign));
  }

  private CompletionStage<SignedPromise> sign(Promise promise) {
    return CompletableFuture.completedStage(
        PromiseDesk.sign(List.of(promise), settings).getFirst());
  }

  @Override
  public synchronized List<LoggedEntry> find(String id) {
    return entries.stream()
        .filter(entry -> entry.body().string("id").filter(id::equals).isPresent())
        .toList();
  }

  @Override
  public synchronized TreeHead head() {
    return new TreeHead(
        settings.origin(),
        entries.size(),
        StrictBase64.text(Merkle.root(leafHashes)),
        settings.clock().instant());
  }

  @Override
  public synchronized ReceiptResult receipt(String id, byte[] salt, Attachments attachments) {
    var checkpoint = new Checkpoint(settings.origin(), entries.size(), Merkle.root(leafHashes));
    return new ReceiptWriter(checkpoint.size(), checkpoint.signed(settings.signer()), this::path)
        .write(find(id), salt, attachments);
  }

  private List<byte[]> path(long index) {
    return Merkle.over(leafHashes).path(Math.toIntExact(index));
  }

  @Override
  public NoteKey key() {
    return settings.signer().key();
  }

  @Override
  public synchronized LogState state() {
    return closed ? new LogState.Failing("it is closed") : new LogState.Working();
  }

  @Override
  public synchronized void close() {
    closed = true;
  }
}
