package dejima.audit.landmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/// A small file that only its owner may read.
record SecretFile(Path path) {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final int LONGEST = 16 * 1024;

  /// Writes it; never over one that exists.
  void create(String text) {
    try {
      if (hasPermissions()) {
        Files.createFile(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      } else {
        Files.createFile(path);
      }
      Files.writeString(path, text);
    } catch (FileAlreadyExistsException exists) {
      throw new LandmarkUnusable(path + " exists already and is left as it is", exists);
    } catch (IOException failed) {
      throw new LandmarkUnusable(path + " cannot be written: " + failed, failed);
    }
  }

  /// Reads it, unless others may too.
  String read() {
    try {
      refuseWhenOthersMayRead();
      if (Files.size(path) > LONGEST) {
        throw new LandmarkUnusable(path + " is far too long");
      }
      return Files.readString(path, StandardCharsets.US_ASCII);
    } catch (IOException failed) {
      throw new LandmarkUnusable(
          path + " cannot be read: " + failed + "; 'dejima landmark init' makes it", failed);
    }
  }

  private boolean hasPermissions() {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private void refuseWhenOthersMayRead() throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (view == null) {
      return; // a file system without permissions has none to check
    }
    Set<PosixFilePermission> extra = EnumSet.noneOf(PosixFilePermission.class);
    extra.addAll(view.readAttributes().permissions());
    extra.removeAll(OWNER_ONLY);
    if (!extra.isEmpty()) {
      throw new LandmarkUnusable("others may read " + path + ": run chmod 600 " + path);
    }
  }
}
