package dejima.server.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.TreeSet;

/// Copies the public files of the log that lead from a tenant's entries to the checkpoint: entry
/// bundles, the tiles above them and the right edge of the tree (C2SP tlog-tiles).
final class LogFiles {
  private static final int WIDTH = 256;

  private final Path from;
  private final Path to;
  private final Set<String> wanted = new TreeSet<>();

  /// @param from directory of the log's public files
  LogFiles(Path from, Path to) {
    this.from = from;
    this.to = to;
  }

  /// An entry is among them.
  void add(long index) {
    wanted.add("tile/entries/" + number(index / WIDTH));
    long above = index / WIDTH;
    for (int level = 0; level < 8; level++) {
      wanted.add("tile/" + level + "/" + number(above));
      above /= WIDTH;
    }
  }

  /// Copies the checkpoint and what is wanted, in the full form or the widest partial one.
  void copy() throws IOException {
    Files.createDirectories(to);
    Files.copy(
        from.resolve("checkpoint"), to.resolve("checkpoint"), StandardCopyOption.REPLACE_EXISTING);
    edge();
    for (String tile : wanted) {
      if (!copy(tile)) {
        copyPartial(tile);
      }
    }
  }

  private void edge() throws IOException {
    long size = Long.parseLong(Files.readAllLines(to.resolve("checkpoint")).get(1));
    long hashes = size;
    for (int level = 0; hashes > 0 && level < 8; level++) {
      wanted.add("tile/" + level + "/" + number((hashes - 1) / WIDTH));
      hashes /= WIDTH;
    }
  }

  private boolean copy(String name) throws IOException {
    Path source = from.resolve(name);
    if (!Files.isRegularFile(source)) {
      return false;
    }
    Path target = to.resolve(name);
    Files.createDirectories(target.resolveSibling(""));
    Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
    return true;
  }

  private void copyPartial(String tile) throws IOException {
    for (int width = WIDTH - 1; width > 0; width--) {
      if (copy(tile + ".p/" + width)) {
        return;
      }
    }
    copy(tile); // it was filled meanwhile
  }

  private static String number(long index) {
    StringBuilder path = new StringBuilder("%03d".formatted(index % 1000));
    for (long rest = index / 1000; rest > 0; rest /= 1000) {
      path.insert(0, "x%03d/".formatted(rest % 1000));
    }
    return path.toString();
  }
}
