package dejima.evidence;

import dejima.evidence.journal.DamagedJournalException;
import dejima.evidence.journal.Disk;
import dejima.evidence.journal.FiledIndex;
import dejima.evidence.journal.Frame;
import dejima.evidence.journal.Journal;
import dejima.evidence.journal.LiveIndex;
import dejima.evidence.journal.RequestKey;
import dejima.evidence.journal.Segment;
import dejima.evidence.journal.SegmentIndex;
import dejima.evidence.tree.Sha256;
import dejima.evidence.tree.TileFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Brings a log back to exactly what is durable in its journal, whatever ended the process before:
/// from the newest snapshot over the records behind it. The tree head that was signed last must
/// come out again on the way, or the log stays shut.
final class Recovery {
  private final LogSettings settings;
  private final FileChannel lock;
  private final TileFolder tiles;
  private final Publisher publisher;
  private final Catalog catalog;
  private final Path journalFolder;
  private final Journal journal;
  private final Map<String, Chain.Head> chainHeads;
  private final Set<RequestKey> open;
  private final Optional<Checkpoint> signed;
  private final Optional<SignedNote> cosigned;

  private Recovery(Path directory, LogSettings settings, Disk disk) throws IOException {
    this.settings = settings;
    var publicFolder = Files.createDirectories(directory.resolve("public"));
    var scratch = Files.createDirectories(directory.resolve("scratch"));
    this.journalFolder = Files.createDirectories(directory.resolve("journal"));
    this.lock = lock(directory.resolve("lock"));
    this.tiles = new TileFolder(publicFolder, scratch);
    this.signed = signed(publicFolder.resolve(Publisher.CHECKPOINT));
    this.cosigned = cosigned(publicFolder.resolve(Publisher.COSIGNED));
    var snapshots = new Snapshots(journalFolder);
    var start = snapshots.newest();
    this.publisher = new Publisher(settings, tiles, snapshots, start);
    this.chainHeads = new HashMap<>(start.waypoint().heads());
    this.open = new HashSet<>(start.waypoint().open());
    var segments = Segment.list(journalFolder);
    var sealed = segments.stream().filter(s -> s.firstIndex() < publisher.size()).toList();
    this.catalog = new Catalog(indexes(sealed));
    checkSigned();
    this.journal =
        Journal.open(
            journalFolder,
            disk,
            settings.segmentBytes(),
            segments.subList(sealed.size(), segments.size()),
            this::replay);
    requireWhole(segments);
  }

  static EvidenceLog open(Path directory, LogSettings settings, Disk disk) {
    try {
      var recovery = new Recovery(directory, settings, disk);
      recovery.publisher.publish();
      var log = new DirectoryLog(settings, recovery);
      new OpenRequests(log).close(recovery.openIds());
      return log;
    } catch (DamagedJournalException e) {
      throw new DamagedLogException(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileChannel lock(Path file) throws IOException {
    var channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new IOException("another log in this process has " + file, e);
    }
    channel.close();
    throw new IOException("another process has " + file);
  }

  private Optional<Checkpoint> signed(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    var checkpoint =
        SignedNote.parse(Files.readString(file))
            .then(note -> Checkpoint.parse(note.text()).then(head -> own(note, head)));
    return switch (checkpoint) {
      case Reading.Read<Checkpoint>(Checkpoint head) -> Optional.of(head);
      case Reading.Unreadable<Checkpoint>(String reason) ->
          throw new DamagedLogException("the checkpoint cannot be used: " + reason);
    };
  }

  /// The checkpoint that witnesses cosigned last, as far as the file can be read: they can be asked
  /// again.
  private static Optional<SignedNote> cosigned(Path file) throws IOException {
    return Files.exists(file)
        ? SignedNote.parse(Files.readString(file)).toOptional()
        : Optional.empty();
  }

  private Reading<Checkpoint> own(SignedNote note, Checkpoint head) {
    return new CheckpointTrust(note, head, settings.keys())
        .signer()
        .then(_ -> new Reading.Read<>(head));
  }

  private static List<SegmentIndex> indexes(List<Segment> sealed) throws IOException {
    var indexes = new ArrayList<SegmentIndex>();
    for (var segment : sealed) {
      indexes.add(index(segment));
    }
    return indexes;
  }

  private static SegmentIndex index(Segment segment) throws IOException {
    try {
      return FiledIndex.open(segment);
    } catch (IOException e) {
      var live = new LiveIndex(segment); // the crash came before the index file
      segment.read((_, offset, frame, _) -> live.add(frame.key(), offset));
      return FiledIndex.write(live);
    }
  }

  private void replay(Segment segment, int offset, Frame frame, byte[] buffer) {
    byte[] hash = Sha256.of(frame.body(buffer));
    var head = chainHeads.getOrDefault(frame.tenant(), Chain.Head.NONE);
    if (frame.sequence() != head.sequence() + 1) {
      throw new DamagedLogException("sequence of " + frame.tenant() + " has a gap");
    }
    chainHeads.put(frame.tenant(), new Chain.Head(frame.sequence(), StrictBase64.text(hash)));
    var kind = Kind.of(frame.kind());
    if (kind == Kind.INTENT) {
      open.add(frame.key());
    } else if (kind.ends()) {
      open.remove(frame.key());
    }
    catalog.add(segment, frame.key(), offset);
    publisher.add(hash);
    checkSigned();
  }

  /// On the way through the size of the last tree head, the root must be that head's.
  private void checkSigned() {
    if (signed.isPresent()
        && signed.get().size() == publisher.size()
        && !signed.get().root().equals(StrictBase64.text(publisher.root()))) {
      throw new DamagedLogException("the journal does not lead to the tree head that was signed");
    }
  }

  private void requireWhole(List<Segment> segments) {
    if (signed.isPresent() && signed.get().size() > publisher.size()) {
      throw new DamagedLogException(
          "a tree of %d entries was signed, the journal has %d"
              .formatted(signed.get().size(), publisher.size()));
    }
    if (segments.isEmpty() && publisher.size() > 0) {
      throw new DamagedLogException("the journal is gone");
    }
  }

  List<String> openIds() {
    return open.stream().sorted().map(key -> RequestIds.text(key.high(), key.low())).toList();
  }

  FileChannel lock() {
    return lock;
  }

  Path journalFolder() {
    return journalFolder;
  }

  Journal journal() {
    return journal;
  }

  Catalog catalog() {
    return catalog;
  }

  TileFolder tiles() {
    return tiles;
  }

  Optional<SignedNote> cosigned() {
    return cosigned;
  }

  Publisher publisher() {
    return publisher;
  }

  Chain chain() {
    return new Chain(chainHeads);
  }

  Set<RequestKey> open() {
    return open;
  }
}
