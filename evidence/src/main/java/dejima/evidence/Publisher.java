package dejima.evidence;

import dejima.evidence.tree.Sha256;
import dejima.evidence.tree.TileEdge;
import dejima.evidence.tree.TileFolder;
import dejima.evidence.tree.TilePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Grows the public tree over durable entries and publishes its head. What it publishes can always
/// be made again from the journal, so only tree heads and snapshots wait for the disk. One thread
/// at a time, except for [#published()].
final class Publisher {
  static final String CHECKPOINT = "checkpoint";
  static final String COSIGNED = "checkpoint.cosigned";
  private static final byte[] BUNDLE_ITEM = {0, 33, Body.ENTRY_TYPE};
  private static final Published NOTHING =
      new Published(
          new TreeHead("", 0, "", Instant.EPOCH),
          new SignedNote("\n", List.of(new SignedNote.Line("none", 0, ""))));
  private static final int FULL_BYTES = TilePath.FULL * 32;

  private final LogSettings settings;
  private final TileFolder folder;
  private final Snapshots snapshots;
  private final TileEdge edge;
  private final List<byte[]> bundle;
  private final Map<String, byte[]> unwritten = new LinkedHashMap<>();
  private final List<TilePath> filled = new ArrayList<>();
  private final List<Path> unsynced = new ArrayList<>();
  private volatile Published published;

  /// A tree head with its signature.
  record Published(TreeHead head, SignedNote note) {}

  Publisher(LogSettings settings, TileFolder folder, Snapshots snapshots, Snapshot start) {
    this.settings = settings;
    this.folder = folder;
    this.snapshots = snapshots;
    this.edge = start.tileEdge();
    this.bundle = new ArrayList<>(start.bundle());
    this.published = NOTHING;
  }

  Published published() {
    return published;
  }

  long size() {
    return edge.size();
  }

  byte[] root() {
    return edge.root();
  }

  /// The state for a recovery that starts here.
  Snapshot snapshot(Waypoint waypoint) {
    return new Snapshot(waypoint, edge.levels(), List.copyOf(bundle));
  }

  /// Appends entries to the tree, by their body hashes one after the other.
  void addAll(byte[] bodyHashes) {
    for (int at = 0; at < bodyHashes.length; at += Sha256.LENGTH) {
      add(Arrays.copyOfRange(bodyHashes, at, at + Sha256.LENGTH));
    }
  }

  /// Appends an entry to the tree.
  void add(byte[] bodyHash) {
    bundle.add(bodyHash);
    if (bundle.size() == TilePath.FULL) {
      write(TilePath.entries(edge.size() / TilePath.FULL, TilePath.FULL), entries());
      bundle.clear();
    }
    edge.add(
        Body.leafHash(bodyHash),
        (level, index, hashes) ->
            write(TilePath.hashes(level, index, TilePath.FULL), concatenated(hashes)));
  }

  private void write(TilePath tile, byte[] bytes) {
    unwritten.put(tile.text(), bytes);
    if (tile.width() == TilePath.FULL) {
      filled.add(tile);
    }
  }

  /// Entry bundles are entries with a two-byte length before each.
  private byte[] entries() {
    var bytes = new ByteArrayOutputStream(bundle.size() * 35);
    for (byte[] hash : bundle) {
      bytes.writeBytes(BUNDLE_ITEM);
      bytes.writeBytes(hash);
    }
    return bytes.toByteArray();
  }

  private static byte[] concatenated(List<byte[]> hashes) {
    var bytes = new ByteArrayOutputStream(hashes.size() * 32);
    hashes.forEach(bytes::writeBytes);
    return bytes.toByteArray();
  }

  /// Writes what is new and signs the tree head over it.
  void publish() throws IOException {
    partials();
    for (var next = unwritten.entrySet().iterator(); next.hasNext(); ) {
      var tile = next.next();
      var file = folder.write(tile.getKey(), tile.getValue());
      if (tile.getValue().length >= FULL_BYTES) {
        unsynced.add(file);
      }
      next.remove();
    }
    var checkpoint = new Checkpoint(settings.origin(), edge.size(), edge.root());
    var note = settings.sign(checkpoint);
    folder.writeDurably(CHECKPOINT, note.noteText().getBytes(StandardCharsets.UTF_8));
    var head =
        new TreeHead(
            checkpoint.origin(), checkpoint.size(), checkpoint.root(), settings.clock().instant());
    published = new Published(head, note);
    for (var tile : filled) {
      folder.deletePartials(tile);
    }
    filled.clear();
  }

  private void partials() {
    var levels = edge.levels();
    if (!bundle.isEmpty()) {
      write(TilePath.entries(edge.size() / TilePath.FULL, bundle.size()), entries());
    }
    long filledBelow = edge.size();
    long filledBefore = published.head().size();
    for (int l = 0; l < levels.size(); l++) {
      if (filledBelow != filledBefore && !levels.get(l).isEmpty()) {
        var tile = TilePath.hashes(l, filledBelow / TilePath.FULL, levels.get(l).size());
        write(tile, concatenated(levels.get(l)));
      }
      filledBelow /= TilePath.FULL;
      filledBefore /= TilePath.FULL;
    }
  }

  /// Files a snapshot once everything before it would outlive the machine.
  void file(Snapshot snapshot) throws IOException {
    for (var file : unsynced) {
      TileFolder.sync(file);
    }
    unsynced.clear();
    snapshots.file(snapshot);
  }
}
