package dejima.server.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Stream;

/// Folders that survive a crash: one is there with all of its files, or it is not there.
public final class DurableFolder {
  private DurableFolder() {}

  /// Puts a folder with these files where there is none yet.
  ///
  /// @param files texts by their paths below the folder
  public static void create(Path folder, Map<String, String> files) throws IOException {
    Path parent = folder.toAbsolutePath().resolveSibling("");
    Files.createDirectories(parent);
    Path draft = parent.resolve(folder.getFileName() + ".draft");
    Scratch.delete(draft);
    Files.createDirectory(draft);
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path target = draft.resolve(file.getKey());
      Files.createDirectories(target.resolveSibling(""));
      DurableFile.write(target, file.getValue());
    }
    try (Stream<Path> written = Files.walk(draft)) {
      for (Path inner : written.filter(Files::isDirectory).toList()) {
        DurableFile.flush(inner);
      }
    }
    Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
    DurableFile.flush(parent);
  }
}
