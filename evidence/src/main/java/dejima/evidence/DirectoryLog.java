package dejima.evidence;

import dejima.evidence.journal.Journal;
import dejima.evidence.tree.Sha256;
import dejima.evidence.tree.TileFolder;
import dejima.evidence.tree.TileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Keeps the journal, the catalog and the public files of one directory together.
final class DirectoryLog implements EvidenceLog {
  private final LogSettings settings;
  private final FileChannel lock;
  private final Path journalFolder;
  private final Journal journal;
  private final Catalog catalog;
  private final TileFolder tiles;
  private final PromiseDesk promises;
  private final Chores chores;
  private final TreeHeads heads;
  private final Committer committer;
  private volatile Optional<WitnessedHead> witnessed;

  DirectoryLog(LogSettings settings, Recovery recovery) {
    this.settings = settings;
    this.lock = recovery.lock();
    this.journalFolder = recovery.journalFolder();
    this.journal = recovery.journal();
    this.catalog = recovery.catalog();
    this.tiles = recovery.tiles();
    this.promises = new PromiseDesk(settings);
    this.chores = new Chores(journal, catalog);
    this.heads = new TreeHeads(settings, recovery.publisher());
    this.committer =
        new Committer(
            settings, journal, recovery.chain(), recovery.open(), catalog, new Announcements());
    this.witnessed = recovery.cosigned().flatMap(note -> head(note).toOptional());
    committer.start();
    chores.request();
  }

  private final class Announcements implements Committer.Listener {
    @Override
    public void durable(List<Batch.Item> items) {
      byte[] hashes = new byte[items.size() * Sha256.LENGTH];
      for (int i = 0; i < items.size(); i++) {
        System.arraycopy(items.get(i).hash(), 0, hashes, i * Sha256.LENGTH, Sha256.LENGTH);
      }
      heads.grown(hashes);
    }

    @Override
    public void rolled(Waypoint start) {
      heads.rolled(start);
      chores.request();
    }

    @Override
    public CompletionStage<SignedPromise> sign(Promise promise) {
      return promises.sign(promise);
    }

    @Override
    public void telling() {
      promises.gather();
    }

    @Override
    public void told() {
      promises.signGathered();
    }
  }

  @Override
  public void append(Entry entry, Receiver receiver) {
    committer.append(entry, receiver);
  }

  @Override
  public void appendLater(Entry entry, Receiver receiver) {
    committer.appendLater(entry, receiver);
  }

  @Override
  public List<LoggedEntry> find(String id) {
    return RequestIds.isId(id) ? catalog.find(id) : List.of();
  }

  @Override
  public void scan(Instant since, EntryChoice choice, Consumer<LoggedEntry> each) {
    new JournalScan(journalFolder, heads.published().head().size()).read(since, choice, each);
  }

  @Override
  public long readBack(long below, Instant until, EntryChoice choice, Predicate<LoggedEntry> each) {
    return new BackwardScan(catalog.segments(), heads.published().head().size())
        .read(below, until, choice, each);
  }

  @Override
  public TreeHead head() {
    return heads.published().head();
  }

  @Override
  public ReceiptResult receipt(String id, byte[] salt, Attachments attachments) {
    var entries = find(id);
    var covered =
        witnessed
            .map(head -> receipts(head.size(), head.note()).write(entries, salt, attachments))
            .filter(result -> !(result instanceof ReceiptResult.Pending));
    var newest = heads.published();
    return covered.orElseGet(
        () -> receipts(newest.head().size(), newest.note()).write(entries, salt, attachments));
  }

  private ReceiptWriter receipts(long size, SignedNote note) {
    return new ReceiptWriter(size, note, new TileTree(size, tiles::hashes)::path);
  }

  @Override
  public SignedNote checkpoint() {
    return heads.published().note();
  }

  @Override
  public List<String> consistency(long from, long to) {
    return new TileTree(to, tiles::hashes)
        .consistency(from).stream().map(StrictBase64::text).toList();
  }

  @Override
  public synchronized void witnessed(SignedNote cosigned) {
    var head = head(cosigned).orThrow();
    if (witnessed.filter(earlier -> earlier.size() > head.size()).isPresent()) {
      throw new IllegalArgumentException("a later checkpoint was cosigned already");
    }
    try {
      tiles.writeDurably(Publisher.COSIGNED, cosigned.noteText().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    witnessed = Optional.of(head);
  }

  private Reading<WitnessedHead> head(SignedNote cosigned) {
    return WitnessedHead.of(
        cosigned,
        key(),
        new WitnessedHead.TreeOfSize() {
          @Override
          public TileTree at(long size) {
            return new TileTree(size, tiles::hashes);
          }

          @Override
          public long newest() {
            return heads.published().head().size();
          }
        });
  }

  @Override
  public Optional<SignedNote> witnessed() {
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
  public LogState state() {
    return Stream.of(committer.trouble(), heads.trouble(), chores.trouble())
        .flatMap(Optional::stream)
        .findFirst()
        .<LogState>map(LogState.Failing::new)
        .orElse(new LogState.Working());
  }

  @Override
  public void close() {
    committer.close();
    heads.close();
    chores.close();
    try {
      journal.close();
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
