package dejima.audit.monitor;

import dejima.evidence.Reading;
import dejima.evidence.VerificationKeys;
import dejima.evidence.tree.Sha256;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Follows a log and ends, loudly, when it misbehaves.
@Command(
    name = "monitor",
    mixinStandardHelpOptions = true,
    description =
        "Follows a log: every entry, every tree head, every tile; ends when it misbehaves.",
    footer = {
      "",
      "Public tiles hold hashes: a monitor sees what is altered, removed or shown to some only."
          + " Whether your own requests are all there, it sees with --receipts.",
      "Exit codes: 0 sound (with --once), 1 not reachable (with --once), 2 wrong usage,"
          + " 3 the log misbehaves."
    })
public final class MonitorCommand implements Callable<Integer> {
  private static final int SOUND = 0;
  private static final int UNREACHABLE = 1;
  private static final int MISBEHAVES = 3;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "URL",
      description = "The log's prefix, such as http://127.0.0.1:8080/log.")
  private URI url;

  @Option(
      names = {"-k", "--keys"},
      required = true,
      description = "The log's key: a vkey or a C2SP tlog-policy file.")
  private Path keys;

  @Option(
      names = "--state",
      defaultValue = "monitor",
      description = "Folder for what was checked (default: ${DEFAULT-VALUE}).")
  private Path state;

  @Option(names = "--once", description = "Checks once and ends.")
  private boolean once;

  @Option(
      names = "--interval",
      defaultValue = "10",
      description = "Seconds between checks (default: ${DEFAULT-VALUE}).")
  private long interval;

  @Option(
      names = "--peer",
      description = "The same log as seen from elsewhere, to be compared. Repeatable.")
  private List<URI> peers = List.of();

  @Option(
      names = "--witness",
      description = "A witness whose latest checkpoint is compared. Repeatable.")
  private List<URI> witnesses = List.of();

  @Option(
      names = "--receipts",
      description = "Folder of your receipts, and of promises in files that end in .promise.")
  private Optional<Path> receipts;

  @Option(
      names = "--partial",
      description = "The folder does not hold all receipts of the tenant: gaps are no alarm.")
  private boolean partial;

  /// Made by the command line.
  public MonitorCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    VerificationKeys trusted = trusted();
    String origin = origin(trusted);
    PrintWriter out = spec.commandLine().getOut();
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build()) {
      var folder = receipts.map(path -> new TenantFolder(path, trusted, !partial));
      var monitor =
          new Monitor(
              new HttpLog(url, http),
              others(origin, http),
              trusted,
              folder,
              InstantSource.system());
      while (true) {
        int code = round(monitor, origin, out);
        out.flush();
        if (once || code == MISBEHAVES) {
          return code;
        }
        Thread.sleep(Duration.ofSeconds(Math.max(1, interval)));
      }
    }
  }

  private Map<String, LogSource> others(String origin, HttpClient http) {
    Map<String, LogSource> others = new TreeMap<>();
    peers.forEach(peer -> others.put(peer.toString(), new HttpLog(peer, http)));
    for (URI witness : witnesses) {
      var source = new HttpLog(witness, http);
      others.put(witness.toString(), path -> source.file(hash(origin) + "/" + path));
    }
    return others;
  }

  private int round(Monitor monitor, String origin, PrintWriter out) {
    try {
      Optional<Followed> before = before(origin);
      return switch (monitor.round(before)) {
        case Monitor.Round.Sound(Followed followed, int heads) -> {
          keep(origin, followed);
          out.println(
              "sound  健全  %s, size %d, root %s; %d signed head(s) agree"
                  .formatted(origin, followed.head().size(), followed.head().root(), heads));
          yield SOUND;
        }
        case Monitor.Round.Alarmed(Alarm alarm, var evidence) -> {
          out.println("ALARM  警報  " + alarm.kind());
          out.println("  " + alarm.text().en());
          out.println("  " + alarm.text().ja());
          out.println("  evidence: " + keepEvidence(evidence));
          yield MISBEHAVES;
        }
      };
    } catch (SourceUnavailable unavailable) {
      out.println("not reachable  到達不能  " + unavailable.getMessage());
      return UNREACHABLE;
    }
  }

  private VerificationKeys trusted() {
    try {
      return switch (VerificationKeys.parse(Files.readString(keys))) {
        case Reading.Read<VerificationKeys>(VerificationKeys read) -> read;
        case Reading.Unreadable<VerificationKeys>(String reason) ->
            throw new IllegalStateException("The key file " + keys + ": " + reason);
      };
    } catch (IOException unreadable) {
      throw new UncheckedIOException("The key file " + keys + " cannot be read.", unreadable);
    }
  }

  private static String origin(VerificationKeys trusted) {
    var origins = trusted.logs().stream().map(key -> key.name()).distinct().toList();
    if (origins.size() != 1) {
      throw new IllegalStateException(
          "A monitor follows one log; the key file names " + origins.size() + ".");
    }
    return origins.getFirst();
  }

  private static String hash(String origin) {
    return Sha256.hex(origin.getBytes(StandardCharsets.UTF_8));
  }

  private Path file(String origin) {
    return state.resolve(hash(origin) + ".json");
  }

  private Optional<Followed> before(String origin) {
    Path file = file(origin);
    try {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      return switch (Followed.parse(Files.readAllBytes(file))) {
        case Reading.Read<Followed>(Followed followed) -> Optional.of(followed);
        case Reading.Unreadable<Followed>(String reason) ->
            throw new IllegalStateException(
                "What was checked before is damaged in %s (%s); delete it to start anew."
                    .formatted(file, reason));
      };
    } catch (IOException unreadable) {
      throw new UncheckedIOException("The file " + file + " cannot be read.", unreadable);
    }
  }

  private void keep(String origin, Followed followed) {
    try {
      Files.createDirectories(state);
      Path draft = state.resolve("draft");
      Files.writeString(draft, followed.text());
      Files.move(draft, file(origin), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException full) {
      throw new UncheckedIOException("The folder " + state + " cannot be written.", full);
    }
  }

  /// The signed notes are what convinces others.
  private Path keepEvidence(List<String> evidence) {
    try {
      Files.createDirectories(state);
      Path file = Files.createTempFile(state, "alarm-", ".txt");
      return Files.writeString(file, String.join("\n========\n", evidence));
    } catch (IOException full) {
      throw new UncheckedIOException("The folder " + state + " cannot be written.", full);
    }
  }
}
