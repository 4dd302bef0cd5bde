package dejima.register;

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

/// The files of a register's directory, read within limits. Names that begin with a dot are
/// somebody else's; a link must stay inside.
final class RegisterDirectory {
  static final int LONGEST_FILE = 256 << 10;
  static final int MOST_FILES = 5_000;

  private final Path root;
  private final Map<String, String> files = new TreeMap<>();
  private final List<Mistake> mistakes = new ArrayList<>();

  private RegisterDirectory(Path root) {
    this.root = root;
  }

  /// The texts by path, and what went wrong on the way.
  record Content(Map<String, String> files, List<Mistake> mistakes) {}

  static Content read(Path directory) {
    try {
      RegisterDirectory register = new RegisterDirectory(directory.toRealPath());
      register.folder(register.root, "", 0);
      return new Content(register.files, register.mistakes);
    } catch (IOException e) {
      String message = "cannot be read as a directory: " + e.getClass().getSimpleName();
      return new Content(Map.of(), List.of(new Mistake(directory.toString(), "", message)));
    }
  }

  private void folder(Path folder, String path, int depth) throws IOException {
    List<Path> entries;
    try (Stream<Path> listed = Files.list(folder)) {
      entries = listed.limit(MOST_FILES + 1L).sorted().toList();
    }
    for (Path entry : entries) {
      String name = entry.subpath(entry.getNameCount() - 1, entry.getNameCount()).toString();
      if (name.startsWith(".") || files.size() > MOST_FILES) {
        continue;
      }
      Path real = entry.toRealPath();
      if (!real.startsWith(root)) {
        mistakes.add(
            new Mistake(path + name, "", "a link must lead to something inside the register"));
      } else if (Files.isDirectory(real) && depth == 0) {
        folder(real, name + "/", 1);
      } else {
        file(real, path + name);
      }
    }
  }

  private void file(Path file, String path) {
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        mistakes.add(new Mistake(path, "", "is neither a file nor a known directory"));
        return;
      }
      try (InputStream stream = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
        keep(path, stream.readNBytes(LONGEST_FILE + 1));
      }
    } catch (IOException e) {
      mistakes.add(new Mistake(path, "", "cannot be read: " + e.getClass().getSimpleName()));
    }
  }

  private void keep(String path, byte[] bytes) {
    if (bytes.length > LONGEST_FILE) {
      mistakes.add(new Mistake(path, "", "is longer than " + LONGEST_FILE + " bytes"));
      return;
    }
    try {
      files.put(
          path, StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      mistakes.add(new Mistake(path, "", "is not UTF-8"));
    }
  }
}
