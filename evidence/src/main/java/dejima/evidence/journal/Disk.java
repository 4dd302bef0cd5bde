package dejima.evidence.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/// Opens the files that the journal writes: the place where disks fill up and break.
@FunctionalInterface
public interface Disk {
  /// Opens a file.
  FileChannel open(Path path, OpenOption... options) throws IOException;

  /// The operating system's files.
  static Disk system() {
    return FileChannel::open;
  }
}
