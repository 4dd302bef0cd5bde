package dejima.evidence;

import dejima.evidence.journal.RequestKey;
import dejima.evidence.tree.Sha256;
import dejima.evidence.tree.TileEdge;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A waypoint with its tree, as a file: format (8), then each part with its length before it, then
/// the SHA-256 of all that.
///
/// @param waypoint the state of the chains
/// @param edge the hashes of each level's partial tile
/// @param bundle the body hashes of the partial entry bundle
record Snapshot(Waypoint waypoint, List<List<byte[]>> edge, List<byte[]> bundle) {
  private static final long MAGIC = 0x64656a696d615331L; // dejimaS1

  static final Snapshot START = new Snapshot(Waypoint.START, List.of(), List.of());

  TileEdge tileEdge() {
    return TileEdge.of(waypoint.index(), edge);
  }

  byte[] bytes() {
    try {
      var bytes = new ByteArrayOutputStream();
      var out = new DataOutputStream(bytes);
      out.writeLong(MAGIC);
      out.writeLong(waypoint.index());
      writeHeads(out);
      writeOpen(out);
      out.writeInt(edge.size());
      for (var level : edge) {
        writeHashes(out, level);
      }
      writeHashes(out, bundle);
      byte[] content = bytes.toByteArray();
      out.write(Sha256.of(content));
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
  }

  private void writeHeads(DataOutputStream out) throws IOException {
    out.writeInt(waypoint.heads().size());
    for (var head : waypoint.heads().entrySet()) {
      out.writeUTF(head.getKey());
      out.writeLong(head.getValue().sequence());
      out.writeUTF(head.getValue().hash());
    }
  }

  private void writeOpen(DataOutputStream out) throws IOException {
    out.writeInt(waypoint.open().size());
    for (var key : waypoint.open()) {
      out.writeLong(key.high());
      out.writeLong(key.low());
    }
  }

  private static void writeHashes(DataOutputStream out, List<byte[]> hashes) throws IOException {
    out.writeInt(hashes.size());
    for (byte[] hash : hashes) {
      out.write(hash);
    }
  }

  static Reading<Snapshot> read(byte[] file) {
    int end = file.length - Sha256.LENGTH;
    if (end < 16
        || !Arrays.equals(
            Sha256.of(Arrays.copyOf(file, end)), Arrays.copyOfRange(file, end, file.length))) {
      return new Reading.Unreadable<>("snapshot is not whole");
    }
    try (var in = new DataInputStream(new ByteArrayInputStream(file, 0, end))) {
      if (in.readLong() != MAGIC) {
        return new Reading.Unreadable<>("not a snapshot");
      }
      return new Reading.Read<>(read(in));
    } catch (IOException | IllegalArgumentException e) {
      return new Reading.Unreadable<>("snapshot is malformed");
    }
  }

  private static Snapshot read(DataInputStream in) throws IOException {
    var waypoint = new Waypoint(in.readLong(), readHeads(in), readOpen(in));
    var edge = new ArrayList<List<byte[]>>();
    for (int levels = in.readInt(); levels > 0; levels--) {
      edge.add(readHashes(in));
    }
    return new Snapshot(waypoint, List.copyOf(edge), readHashes(in));
  }

  private static Map<String, Chain.Head> readHeads(DataInputStream in) throws IOException {
    var heads = new HashMap<String, Chain.Head>();
    for (int count = in.readInt(); count > 0; count--) {
      heads.put(in.readUTF(), new Chain.Head(in.readLong(), in.readUTF()));
    }
    return heads;
  }

  private static Set<RequestKey> readOpen(DataInputStream in) throws IOException {
    var open = new HashSet<RequestKey>();
    for (int count = in.readInt(); count > 0; count--) {
      open.add(new RequestKey(in.readLong(), in.readLong()));
    }
    return open;
  }

  private static List<byte[]> readHashes(DataInputStream in) throws IOException {
    var hashes = new ArrayList<byte[]>();
    for (int count = in.readInt(); count > 0; count--) {
      byte[] hash = new byte[Sha256.LENGTH];
      in.readFully(hash);
      hashes.add(hash);
    }
    return List.copyOf(hashes);
  }
}
