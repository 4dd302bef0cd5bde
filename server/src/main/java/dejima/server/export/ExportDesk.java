package dejima.server.export;

import dejima.gateway.Credential;
import dejima.server.files.Scratch;
import dejima.server.keys.KeyRow;
import dejima.server.keys.KeyStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes exports in the background and keeps each until it was fetched. An export of a tenant that
/// was interrupted goes on where it was when it is asked for again.
public final class ExportDesk {
  private static final Logger LOG = LoggerFactory.getLogger(ExportDesk.class);
  private static final String ARCHIVE = "export.tar.gz";
  private static final int LEAST_PASSPHRASE = 12;

  private final Exporter exporter;
  private final KeyStore store;
  private final Path exports;
  private final RandomGenerator random;
  private final Executor background;
  private final Map<String, Job> jobs = new ConcurrentHashMap<>();

  /// What came of asking for an export.
  public sealed interface Start {
    /// It is being made.
    ///
    /// @param id by which to ask for it
    record Begun(String id) implements Start {}

    /// There is no such tenant.
    record Unknown() implements Start {}

    /// Salt keys travel under a good passphrase only.
    record WeakPassphrase() implements Start {}
  }

  /// How an export stands.
  public sealed interface State {
    /// It is being made.
    ///
    /// @param done requests that are written
    /// @param total how many there are
    record Running(long done, long total) implements State {}

    /// It can be fetched.
    ///
    /// @param archive the file
    /// @param bytes its length
    /// @param sha256 its lower-case hex hash
    /// @param requests how many it holds
    record Ready(Path archive, long bytes, String sha256, long requests) implements State {}

    /// It did not work.
    ///
    /// @param reason why
    record Broken(String reason) implements State {}
  }

  private static final class Job {
    private final Exporter.Progress progress = Exporter.Progress.none();
    private volatile Optional<State> end = Optional.empty();
    private volatile boolean forgotten;

    State state() {
      return end.orElseGet(() -> new State.Running(progress.done().get(), progress.total().get()));
    }
  }

  /// Wires the desk.
  ///
  /// @param data the data directory
  /// @param random must be fit for secrets
  public ExportDesk(
      Exporter exporter, KeyStore store, Path data, RandomGenerator random, Executor background) {
    this.exporter = exporter;
    this.store = store;
    this.exports = data.resolve("exports");
    this.random = random;
    this.background = background;
  }

  /// Begins an export, or goes on with it.
  ///
  /// @param tenant its name, or its pseudonym
  /// @param passphrase under which its salt keys go along, if they shall
  public Start start(String tenant, Optional<String> passphrase) {
    List<KeyRow> rows =
        store.all().stream()
            .filter(row -> !row.tenantName().isEmpty())
            .filter(
                row -> row.tenantName().equals(tenant) || row.credential().tenant().equals(tenant))
            .toList();
    if (rows.isEmpty()) {
      return new Start.Unknown();
    }
    if (passphrase.filter(text -> text.length() < LEAST_PASSPHRASE).isPresent()) {
      return new Start.WeakPassphrase();
    }
    String id = rows.getFirst().credential().tenant();
    Job job = new Job();
    Job before = jobs.putIfAbsent(id, job);
    if (before != null && !(before.state() instanceof State.Running)) {
      jobs.put(id, job);
      before = null;
    }
    if (before == null) {
      background.execute(() -> run(id, rows, passphrase, job));
    }
    return new Start.Begun(id);
  }

  private void run(String id, List<KeyRow> rows, Optional<String> passphrase, Job job) {
    try {
      Path folder = exports.resolve(id);
      Path files = folder.resolve("files");
      Credential credential = rows.getFirst().credential();
      Optional<Exporter.Sealed> salts =
          passphrase.map(text -> new Exporter.Sealed(store.saltPeriods(id), text, random));
      exporter.write(TenantFile.of(rows), credential, salts, files, job.progress);
      Path archive = folder.resolve(ARCHIVE);
      Exporter.pack(files, archive);
      ended(
          job,
          id,
          new State.Ready(
              archive, Files.size(archive), Manifest.hash(archive), job.progress.done().get()));
    } catch (IOException | RuntimeException failed) {
      if (!job.forgotten) {
        LOG.error("the export of {} failed", id, failed);
      }
      ended(job, id, new State.Broken(String.valueOf(failed.getMessage())));
    }
  }

  /// What was written while salts were destroyed may still hold them.
  private synchronized void ended(Job job, String id, State state) {
    if (job.forgotten) {
      delete(id);
      job.end =
          Optional.of(
              new State.Broken("salts of the tenant were destroyed meanwhile; ask for it again"));
    } else {
      job.end = Optional.of(state);
    }
  }

  /// How an export stands, if there is one of that id.
  public Optional<State> state(String id) {
    return Optional.ofNullable(jobs.get(id)).map(Job::state);
  }

  /// Deletes an export that was fetched; one that is being made stays.
  public void drop(String id) {
    Job job = jobs.get(id);
    if (job == null || job.state() instanceof State.Running) {
      return;
    }
    jobs.remove(id, job);
    delete(id);
  }

  /// Deletes whatever is left of a tenant's exports; one that is being made is given up.
  ///
  /// @param pseudonym the tenant's
  public synchronized void forget(String pseudonym) {
    Job running = jobs.get(pseudonym);
    if (running != null && running.state() instanceof State.Running) {
      running.forgotten = true;
    } else {
      jobs.remove(pseudonym);
      delete(pseudonym);
    }
  }

  private void delete(String id) {
    try {
      Scratch.delete(exports.resolve(id));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
