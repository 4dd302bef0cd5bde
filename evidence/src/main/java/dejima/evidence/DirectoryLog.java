package dejima.evidence;

import dejima.evidence.journal.Journal;
import dejima.evidence.tree.Sha256;
import dejima.evidence.tree.TileFolder;
import dejima.evidence.tree.TileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/// Keeps the journal, the catalog and the public files of one directory together.
final class DirectoryLog implements EvidenceLog {
  private final LogSettings settings;
  private final FileChannel lock;
  private final Journal journal;
  private final Catalog catalog;
  private final TileFolder tiles;
  private final PromiseDesk promises;
  private final Chores chores;
  private final TreeHeads heads;
  private final Committer committer;

  DirectoryLog(LogSettings settings, Recovery recovery) {
    this.settings = settings;
    this.lock = recovery.lock();
    this.journal = recovery.journal();
    this.catalog = recovery.catalog();
    this.tiles = recovery.tiles();
    this.promises = new PromiseDesk(settings);
    this.chores = new Chores(journal, catalog);
    this.heads = new TreeHeads(settings, recovery.publisher());
    this.committer =
        new Committer(
            settings, journal, recovery.chain(), recovery.open(), catalog, new Announcements());
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
  public TreeHead head() {
    return heads.published().head();
  }

  @Override
  public ReceiptResult receipt(String id, byte[] salt, Attachments attachments) {
    var published = heads.published();
    var tree = new TileTree(published.head().size(), tiles::hashes);
    return new ReceiptWriter(published.head().size(), published.note(), tree::path)
        .write(find(id), salt, attachments);
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
