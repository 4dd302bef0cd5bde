package dejima.server.witness;

import dejima.evidence.Checkpoint;
import dejima.evidence.EvidenceLog;
import dejima.evidence.NoteKey;
import dejima.evidence.Quorum;
import dejima.evidence.SignedNote;
import dejima.evidence.VerificationKeys;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends each new tree head to the witnesses and publishes it with their cosignatures once they
/// suffice. Nothing waits for it: without witnesses the log goes on, and says so.
public final class Witnesses implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Witnesses.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);

  /// A round ends by then, so that a tree head is cosigned within ten seconds of its publication.
  private static final Duration LONGEST_ROUND = Duration.ofSeconds(5);

  /// How long a round that has its quorum waits for the others.
  private static final Duration GRACE = Duration.ofMillis(250);

  private final EvidenceLog log;
  private final Quorum quorum;
  private final InstantSource clock;
  private final HttpClient http;
  private final List<RemoteWitness> witnesses;
  private final Map<RemoteWitness, WitnessStatus> statuses = new ConcurrentHashMap<>();
  private final Set<RemoteWitness> busy = ConcurrentHashMap.newKeySet();
  private final Thread rounds;
  private volatile String settled = "";
  private volatile Optional<Instant> lastQuorum = Optional.empty();

  private record Answer(RemoteWitness witness, Reply reply) {}

  /// Begins at once.
  ///
  /// @param policy the witnesses with their addresses, and how many are wanted
  public Witnesses(EvidenceLog log, VerificationKeys policy, InstantSource clock) {
    this.log = log;
    this.quorum = policy.quorum();
    this.clock = clock;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    this.witnesses =
        byAddress(policy).entrySet().stream()
            .map(one -> new RemoteWitness(one.getKey(), one.getValue(), http))
            .toList();
    witnesses.forEach(witness -> statuses.put(witness, WitnessStatus.unasked(witness)));
    this.rounds = Thread.ofVirtual().name("dejima-witnesses").start(this::run);
  }

  /// One witness may have several keys.
  private static Map<URI, List<NoteKey>> byAddress(VerificationKeys policy) {
    Map<URI, List<NoteKey>> addresses = new TreeMap<>();
    policy
        .addresses()
        .forEach((key, address) -> {
          if (key.type().cosigns()) {
            addresses.computeIfAbsent(address, _ -> new ArrayList<>()).add(key);
          }
        });
    return addresses;
  }

  private void run() {
    while (!witnesses.isEmpty() && pause()) {
      try {
        var newest = log.checkpoint();
        if (!newest.text().equals(settled)) {
          round(newest);
        }
      } catch (InterruptedException stopped) {
        return;
      } catch (RuntimeException failed) {
        LOG.warn("asking witnesses failed and will be tried again: {}", failed.toString());
      }
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(PERIOD);
      return true;
    } catch (InterruptedException stopped) {
      return false;
    }
  }

  /// Asks everybody for the same tree head, because only then can a quorum come together.
  private void round(SignedNote note) throws InterruptedException {
    BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    int asked = 0;
    for (RemoteWitness witness : witnesses) {
      if (busy.add(witness)) {
        asked++;
        Thread.ofVirtual().start(() -> ask(witness, note, answers));
      }
    }
    collect(note, answers, asked);
  }

  private void ask(RemoteWitness witness, SignedNote note, BlockingQueue<Answer> answers) {
    try {
      answers.add(new Answer(witness, witness.cosign(log, note)));
    } catch (RuntimeException failed) {
      answers.add(new Answer(witness, new Reply.Unavailable(failed.toString())));
    } finally {
      busy.remove(witness);
    }
  }

  private void collect(SignedNote note, BlockingQueue<Answer> answers, int asked)
      throws InterruptedException {
    Map<NoteKey, SignedNote.Line> lines = new HashMap<>();
    long end = System.nanoTime() + LONGEST_ROUND.toNanos();
    boolean met = false;
    for (int i = 0; i < asked; i++) {
      Answer answer = answers.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (answer == null) {
        break;
      }
      heard(answer, note, lines);
      if (!met && quorum.isMetBy(lines.keySet())) {
        met = true;
        end = Math.min(end, System.nanoTime() + GRACE.toNanos());
      }
    }
    if (met && !lines.isEmpty()) {
      log.witnessed(note.with(List.copyOf(lines.values())));
      lastQuorum = Optional.of(clock.instant());
      settled = note.text();
    }
  }

  private void heard(Answer answer, SignedNote note, Map<NoteKey, SignedNote.Line> lines) {
    statuses.computeIfPresent(
        answer.witness(),
        (_, before) ->
            switch (answer.reply()) {
              case Reply.Cosigned(var cosigned) -> {
                lines.putAll(cosigned);
                yield before.cosigned(
                    clock.instant(), Checkpoint.parse(note.text()).orThrow().size());
              }
              case Reply.Unavailable(String reason) ->
                  told(before, before.failed(WitnessStatus.State.UNAVAILABLE, reason));
              case Reply.Lied(String reason) ->
                  told(before, before.failed(WitnessStatus.State.CONTRADICTING, reason));
            });
  }

  /// Says once what changed, not each second.
  private static WitnessStatus told(WitnessStatus before, WitnessStatus now) {
    if (before.state() != now.state()) {
      if (now.state() == WitnessStatus.State.CONTRADICTING) {
        LOG.error("witness {} contradicts this log and is ignored: {}", now.name(), now.trouble());
      } else {
        LOG.warn("witness {} is unavailable: {}", now.name(), now.trouble());
      }
    }
    return now;
  }

  /// How each witness stands, by address.
  public List<WitnessStatus> statuses() {
    return witnesses.stream()
        .flatMap(witness -> Optional.ofNullable(statuses.get(witness)).stream())
        .toList();
  }

  /// When enough of them cosigned the same tree head last.
  public Optional<Instant> lastQuorum() {
    return lastQuorum;
  }

  /// Entries below the newest tree head that enough of them cosigned.
  public long witnessedSize() {
    return log.witnessed().map(note -> Checkpoint.parse(note.text()).orThrow().size()).orElse(0L);
  }

  /// What an operator should know; empty when all is well or no witness is configured.
  public List<String> remarks() {
    return statuses().stream()
        .filter(one -> !one.trouble().isEmpty())
        .map(one -> "witness " + one.name() + ": " + one.trouble())
        .toList();
  }

  @Override
  public void close() {
    rounds.interrupt();
    http.close();
  }
}
