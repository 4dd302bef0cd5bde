package dejima.evidence.tree;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Tiles and bundles as files. Readers only ever see whole files: each is written elsewhere and
/// moved into place.
public final class TileFolder {
  private final Path folder;
  private final Path scratch;

  /// @param folder the log's prefix
  /// @param scratch an unserved folder on the same file system
  public TileFolder(Path folder, Path scratch) {
    this.folder = folder;
    this.scratch = scratch;
  }

  /// Puts a file into place; it outlives the process, and the machine once [#sync] was called.
  ///
  /// @return the file
  public Path write(String path, byte[] bytes) throws IOException {
    var target = folder.resolve(path);
    var temporary = scratch.resolve("tile");
    Files.write(temporary, bytes);
    Files.createDirectories(parent(target));
    Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    return target;
  }

  /// Puts a file into place so that it outlives the machine.
  public void writeDurably(String path, byte[] bytes) throws IOException {
    var target = folder.resolve(path);
    var temporary = scratch.resolve("durable-" + path.replace('/', '-'));
    Files.write(temporary, bytes);
    sync(temporary);
    Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    sync(parent(target));
  }

  private static Path parent(Path file) {
    return Optional.ofNullable(file.getParent()).orElse(file);
  }

  /// Makes a file or the names in a folder outlive the machine.
  public static void sync(Path path) throws IOException {
    try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /// Deletes the partial forms of a tile that is there in full.
  public void deletePartials(TilePath tile) throws IOException {
    var partials = folder.resolve(tile.partialFolder());
    var files = new ArrayList<Path>();
    try (var stream = Files.newDirectoryStream(partials)) {
      stream.forEach(files::add);
    } catch (NoSuchFileException e) {
      return; // it was never partial
    }
    for (var file : files) {
      Files.deleteIfExists(file);
    }
    Files.deleteIfExists(partials);
  }

  /// The hashes of a tile, of which at least the width asked for must be there; the full form
  /// serves where the partial one is gone.
  ///
  /// @throws UncheckedIOException if neither can be read
  public List<byte[]> hashes(TilePath tile) {
    try {
      return split(Files.readAllBytes(folder.resolve(tile.text())), tile);
    } catch (IOException e) {
      return fullHashes(tile);
    }
  }

  private List<byte[]> fullHashes(TilePath tile) {
    try {
      return split(Files.readAllBytes(folder.resolve(tile.fullText())), tile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<byte[]> split(byte[] bytes, TilePath tile) throws IOException {
    if (bytes.length < tile.width() * Sha256.LENGTH) {
      throw new IOException("tile is too short: " + tile.text());
    }
    var hashes = new ArrayList<byte[]>(tile.width());
    for (int i = 0; i < tile.width(); i++) {
      hashes.add(Arrays.copyOfRange(bytes, i * 32, i * 32 + 32));
    }
    return hashes;
  }
}
