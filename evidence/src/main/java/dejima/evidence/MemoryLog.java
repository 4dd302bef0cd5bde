package dejima.evidence;

import dejima.evidence.tree.Merkle;
import dejima.evidence.tree.Sha256;
import dejima.evidence.tree.TilePath;
import dejima.evidence.tree.TileTree;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Keeps bodies and leaf hashes in lists.
final class MemoryLog implements EvidenceLog {
  private static final int TILE_BITS = 8;

  private final LogSettings settings;
  private final Chain chain = new Chain(Map.of());
  private final List<LoggedEntry> entries = new ArrayList<>();
  private final List<byte[]> leafHashes = new ArrayList<>();
  private Optional<WitnessedHead> witnessed = Optional.empty();
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
  public synchronized void scan(Instant since, EntryChoice choice, Consumer<LoggedEntry> each) {
    List<LoggedEntry> wanted =
        entries.stream()
            .filter(entry -> entry.body().integer("time").orElse(0L) >= since.toEpochMilli())
            .filter(entry ->
                Arrays.stream(Kind.values())
                    .filter(entry::is)
                    .anyMatch(kind -> choice.wants(kind, entry.body().string("tenant").orElse(""))))
            .toList();
    wanted.forEach(each);
  }

  @Override
  public synchronized long readBack(
      long below, Instant until, EntryChoice choice, Predicate<LoggedEntry> each) {
    for (int i = Math.toIntExact(Math.min(below, entries.size())) - 1; i >= 0; i--) {
      LoggedEntry entry = entries.get(i);
      boolean wanted =
          !Instant.ofEpochMilli(entry.body().integer("time").orElse(0L)).isAfter(until)
              && choice.wants(entry.kind(), entry.body().string("tenant").orElse(""));
      if (wanted && !each.test(entry)) {
        return i;
      }
    }
    return 0;
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
    var found = find(id);
    return witnessed
        .map(head -> receipts(head.size(), head.note()).write(found, salt, attachments))
        .filter(result -> !(result instanceof ReceiptResult.Pending))
        .orElseGet(() -> receipts(entries.size(), checkpoint()).write(found, salt, attachments));
  }

  private ReceiptWriter receipts(long size, SignedNote note) {
    return new ReceiptWriter(size, note, tree(size)::path);
  }

  private TileTree tree(long size) {
    return new TileTree(size, this::tile);
  }

  private List<byte[]> tile(TilePath tile) {
    int span = 1 << (TILE_BITS * Integer.parseInt(tile.level()));
    var hashes = new ArrayList<byte[]>();
    for (int i = 0; i < tile.width(); i++) {
      int from = (Math.toIntExact(tile.index()) * TilePath.FULL + i) * span;
      hashes.add(Merkle.root(leafHashes.subList(from, from + span)));
    }
    return hashes;
  }

  @Override
  public synchronized SignedNote checkpoint() {
    return settings.sign(
        new Checkpoint(settings.origin(), entries.size(), Merkle.root(leafHashes)));
  }

  @Override
  public synchronized List<String> consistency(long from, long to) {
    return tree(to).consistency(from).stream().map(StrictBase64::text).toList();
  }

  @Override
  public synchronized void witnessed(SignedNote cosigned) {
    var head = WitnessedHead.of(cosigned, key(), new Trees()).orThrow();
    if (witnessed.filter(earlier -> earlier.size() > head.size()).isPresent()) {
      throw new IllegalArgumentException("a later checkpoint was cosigned already");
    }
    witnessed = Optional.of(head);
  }

  private final class Trees implements WitnessedHead.TreeOfSize {
    @Override
    public TileTree at(long size) {
      return tree(size);
    }

    @Override
    public long newest() {
      return entries.size();
    }
  }

  @Override
  public synchronized Optional<SignedNote> witnessed() {
    return witnessed.map(WitnessedHead::note);
  }

  @Override
  public byte[] issue(Receipt receipt, ReceiptForm form) {
    return form.issue(receipt, settings);
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
