package dejima.residency;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The files of one bundle directory, read into memory within the limits.
///
/// Links may point anywhere inside the directory, as mounted configurations do, and nowhere else.
/// At the top, names that begin with a dot are somebody else's and are passed over.
final class BundleDirectory {
  private final Path root;
  private final Map<String, String> files = new TreeMap<>();
  private final List<Problem> problems = new ArrayList<>();

  private BundleDirectory(Path root) {
    this.root = root;
  }

  /// The texts by path, and every problem met on the way.
  record Content(Map<String, String> files, List<Problem> problems) {}

  static Content read(Path directory) {
    try {
      BundleDirectory bundle = new BundleDirectory(directory.toRealPath());
      bundle.readAll();
      return new Content(bundle.files, bundle.problems);
    } catch (IOException e) {
      String message = "cannot be read as a directory: " + e.getClass().getSimpleName();
      return new Content(Map.of(), List.of(new Problem(directory.toString(), 1, 1, message)));
    }
  }

  private void readAll() throws IOException {
    for (Path entry : entries(root)) {
      String name = nameOf(entry);
      if (name.startsWith(".")) {
        continue;
      }
      if (!Files.isDirectory(entry)) {
        readFile(entry, name);
      } else if (staysInside(entry, name)) {
        for (Path file : entries(entry)) {
          readFile(file, name + "/" + nameOf(file));
        }
      }
    }
  }

  /// One more than the limit at most: enough for the reader to see that there are too many.
  private static List<Path> entries(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.limit(BundleReader.MOST_FILES + 1).sorted().toList();
    }
  }

  private static String nameOf(Path entry) {
    return entry.subpath(entry.getNameCount() - 1, entry.getNameCount()).toString();
  }

  private boolean staysInside(Path entry, String path) throws IOException {
    boolean inside = Files.exists(entry) && entry.toRealPath().startsWith(root);
    if (!inside) {
      problems.add(new Problem(path, 1, 1, "a link must lead to something inside the bundle"));
    }
    return inside;
  }

  private void readFile(Path file, String path) {
    try {
      if (files.size() > BundleReader.MOST_FILES || !staysInside(file, path)) {
        return;
      }
      Path real = file.toRealPath();
      if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
        problems.add(new Problem(path, 1, 1, "is neither a file nor a known directory"));
        return;
      }
      try (InputStream stream = Files.newInputStream(real, LinkOption.NOFOLLOW_LINKS)) {
        keep(path, stream.readNBytes(BundleReader.LONGEST_FILE + 1));
      }
    } catch (IOException e) {
      problems.add(new Problem(path, 1, 1, "cannot be read: " + e.getClass().getSimpleName()));
    }
  }

  private void keep(String path, byte[] bytes) {
    if (bytes.length > BundleReader.LONGEST_FILE) {
      problems.add(BundleReader.tooLong(path));
      return;
    }
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    try {
      files.put(path, StandardCharsets.UTF_8.newDecoder().decode(rest).toString());
    } catch (CharacterCodingException e) {
      problems.add(Positioned.at(path, bytes, rest.position(), "is not UTF-8 from here on"));
    }
  }
}
