package dejima.audit.monitor;

import dejima.audit.LanguageChoice;
import dejima.evidence.NoteKey;
import dejima.evidence.Reading;
import dejima.evidence.VerificationKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Option(
      names = "--origin",
      description =
          "The log to follow, where the key file names several: receipts of the others, from"
              + " which a tenant moved, are checked too.")
  private Optional<String> wanted = Optional.empty();

  @Option(
      names = "--stalled-after",
      paramLabel = "SECONDS",
      description =
          "Alarms when the log shows nothing new, or does not answer, for so long. Not given:"
              + " a quiet log is no alarm.")
  private Optional<Long> patience = Optional.empty();

  @Option(names = "--json", description = "Prints a line of JSON for each check.")
  private boolean json;

  @Mixin private LanguageChoice language;

  /// Made by the command line.
  public MonitorCommand() {
    language = new LanguageChoice();
  }

  @Override
  public Integer call() throws InterruptedException {
    VerificationKeys trusted = trusted();
    String origin = origin(trusted);
    var own =
        new VerificationKeys(
            trusted.logs().stream().filter(key -> key.name().equals(origin)).toList(),
            trusted.witnesses(),
            trusted.quorum());
    var report = new MonitorReport(spec.commandLine().getOut(), json, language);
    Optional<Duration> longest = patience.map(Duration::ofSeconds);
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
        MonitorState kept = MonitorState.of(state, origin)) {
      var monitor =
          new Monitor(
              new HttpLog(url, http),
              others(origin, http),
              own,
              receipts.map(path -> new TenantFolder(path, trusted.logs(), !partial)),
              longest,
              InstantSource.system());
      long heard = System.nanoTime();
      while (true) {
        int code = round(monitor, own.logs(), kept, report);
        heard = code == UNREACHABLE ? heard : System.nanoTime();
        Duration silent = Duration.ofNanos(System.nanoTime() - heard);
        if (longest.filter(most -> silent.compareTo(most) > 0).isPresent()) {
          report.alarm(Alarm.stalled(silent), kept.keepEvidence(List.of()));
          code = MISBEHAVES;
        }
        report.out().flush();
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
      others.put(witness.toString(), path -> source.file(MonitorState.hash(origin) + "/" + path));
    }
    return others;
  }

  private static int round(
      Monitor monitor, List<NoteKey> trusted, MonitorState kept, MonitorReport report) {
    Optional<Followed> before = kept.before();
    try {
      return switch (monitor.round(before)) {
        case Monitor.Round.Sound(Followed followed, int heads) -> {
          kept.keep(followed);
          List<NoteKey> successors = new ArrayList<>(followed.succession().trusted(trusted));
          successors.removeAll(
              before.map(one -> one.succession().trusted(trusted)).orElse(trusted));
          if (!successors.isEmpty()) {
            report.successors(successors);
          }
          report.sound(followed, heads);
          yield SOUND;
        }
        case Monitor.Round.Alarmed(Alarm alarm, var evidence) -> {
          report.alarm(alarm, kept.keepEvidence(evidence));
          yield MISBEHAVES;
        }
      };
    } catch (SourceUnavailable unavailable) {
      report.unreachable(String.valueOf(unavailable.getMessage()));
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

  private String origin(VerificationKeys trusted) {
    var origins = trusted.logs().stream().map(NoteKey::name).distinct().toList();
    if (wanted.isEmpty() && origins.size() == 1) {
      return origins.getFirst();
    }
    return wanted
        .filter(origins::contains)
        .orElseThrow(() ->
            new IllegalStateException(
                "A monitor follows one log. Name it with --origin; the key file has: "
                    + String.join(", ", origins)
                    + "."));
  }
}
