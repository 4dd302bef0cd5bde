package dejima.server.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A PostgreSQL that outlived the Dejima that had started it, as after `kill -9`. It still holds
/// its data directory, so that no other one can start there.
final class Leftover {
  private static final Logger LOG = LoggerFactory.getLogger(Leftover.class);
  private static final int SECONDS_TO_STOP = 15;

  private Leftover() {}

  /// Ends the PostgreSQL that runs on a data directory, if one does, and waits until it has.
  ///
  /// The caller must be the only Dejima that uses the directory.
  static void stop(Path data) throws IOException {
    Optional<ProcessHandle> found = postmaster(data.resolve("postmaster.pid"));
    if (found.isEmpty()) {
      return;
    }
    ProcessHandle postmaster = found.get();
    LOG.info("stopping PostgreSQL {}, which an earlier run left behind", postmaster.pid());
    postmaster.destroy();
    try {
      postmaster.onExit().get(SECONDS_TO_STOP, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException | ExecutionException stubborn) {
      throw new IOException(
          "PostgreSQL " + postmaster.pid() + " is still running there; stop it", stubborn);
    }
  }

  /// The first line of PostgreSQL's lock file is its process id, which after a restart of the
  /// machine may be anybody's.
  private static Optional<ProcessHandle> postmaster(Path lock) throws IOException {
    if (!Files.exists(lock)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(lock);
    String pid = lines.isEmpty() ? "" : lines.getFirst().strip();
    return pid.matches("[0-9]{1,10}")
        ? ProcessHandle.of(Long.parseLong(pid)).filter(Leftover::isPostgres)
        : Optional.empty();
  }

  private static boolean isPostgres(ProcessHandle process) {
    return process.info().command().filter(path -> path.endsWith("/postgres")).isPresent();
  }
}
