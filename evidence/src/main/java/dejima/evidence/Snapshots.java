package dejima.evidence;

import dejima.evidence.tree.TileFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/// The snapshot files of a log. The last two are kept.
final class Snapshots {
  private static final String SUFFIX = ".snapshot";
  private static final int KEPT = 2;

  private final Path folder;

  Snapshots(Path folder) {
    this.folder = folder;
  }

  void file(Snapshot snapshot) throws IOException {
    String name = HexFormat.of().toHexDigits(snapshot.waypoint().index()) + SUFFIX;
    var temporary = folder.resolve("snapshot.part");
    Files.write(temporary, snapshot.bytes());
    TileFolder.sync(temporary);
    Files.move(temporary, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    TileFolder.sync(folder);
    var files = newestFirst();
    for (var old : files.subList(Math.min(KEPT, files.size()), files.size())) {
      Files.delete(old);
    }
  }

  /// The newest snapshot that is whole; the start of the log if there is none.
  Snapshot newest() throws IOException {
    for (var file : newestFirst()) {
      if (Snapshot.read(Files.readAllBytes(file)) instanceof Reading.Read<Snapshot>(var read)) {
        return read;
      }
    }
    return Snapshot.START;
  }

  private List<Path> newestFirst() throws IOException {
    var files = new ArrayList<Path>();
    try (var stream = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      stream.forEach(files::add);
    }
    files.sort(Comparator.comparing(Path::toString).reversed());
    return files;
  }
}
