package dejima.server.drill;

import dejima.evidence.EvidenceLog;
import dejima.evidence.Json;
import dejima.evidence.Kind;
import dejima.evidence.LoggedEntry;
import dejima.gateway.SiteReport;
import dejima.gateway.SiteState;
import dejima.residency.ActivePolicy;
import dejima.residency.PolicyBundle;
import dejima.server.records.NodeRecords;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Holds drills, records them and keeps their reports. One drill at a time. A drill that did not
/// come to its end is recorded too, with the reason.
public final class DrillDesk {
  private static final Logger LOG = LoggerFactory.getLogger(DrillDesk.class);
  private static final int SECONDS_TO_RECORD = 10;
  private static final int LONGEST_REASON = 500;

  private final Shadow.Original original;
  private final ActivePolicy policy;
  private final EvidenceLog log;
  private final NodeRecords records;
  private final Drills drills;
  private final Path scratch;
  private final Begun begun;
  private final ReentrantLock one = new ReentrantLock();

  /// What came of asking for a drill.
  public sealed interface Outcome {
    /// It was held and recorded.
    ///
    /// @param hash by which its report is found
    /// @param report the full report
    record Held(String hash, Json.Obj report) implements Outcome {}

    /// There is no such operator or site.
    ///
    /// @param reason which there are
    record Unknown(String reason) implements Outcome {}

    /// Another drill is being held.
    record Busy() implements Outcome {}
  }

  private DrillDesk(
      Shadow.Original original,
      ActivePolicy policy,
      EvidenceLog log,
      NodeRecords records,
      Path data) {
    this.original = original;
    this.policy = policy;
    this.log = log;
    this.records = records;
    this.drills = new Drills(data.resolve("drills"));
    this.scratch = data.resolve("scratch");
    this.begun = new Begun(data.resolve("drills").resolve("begun"));
  }

  /// A desk for a gateway's drills.
  ///
  /// @param data the data directory
  public static DrillDesk of(
      Shadow.Original original,
      ActivePolicy policy,
      EvidenceLog log,
      NodeRecords records,
      Path data) {
    DrillDesk desk = new DrillDesk(original, policy, log, records, data);
    desk.begun
        .unended()
        .ifPresent(open -> desk.unended(open, "interrupted", "the server stopped meanwhile"));
    return desk;
  }

  /// Takes an operator away, in thought and on a shadow, and records what that showed.
  ///
  /// @param site takes only this one of its sites away, if given
  /// @param budget how long to rehearse at most; then no further kind of work is begun
  public Outcome withdraw(String operator, Optional<String> site, Duration budget) {
    return switch (Withdrawal.of(original.table().sites(), operator, site)) {
      case Withdrawal.Lookup.Unknown(String reason) -> new Outcome.Unknown(reason);
      case Withdrawal.Lookup.Found(Withdrawal withdrawal) -> alone(withdrawal, budget);
    };
  }

  private Outcome alone(Withdrawal withdrawal, Duration budget) {
    if (!one.tryLock()) {
      return new Outcome.Busy();
    }
    try {
      return recorded(withdrawal, budget);
    } finally {
      one.unlock();
    }
  }

  private Outcome recorded(Withdrawal withdrawal, Duration budget) {
    String id = records.ids().next();
    Instant now = original.clock().instant();
    begun.mark(id, now, withdrawal);
    try {
      Report report = held(id, now, withdrawal, budget);
      Json.Obj full = report.full();
      String hash = drills.keep(full);
      record(id, report.summary(hash));
      begun.ended();
      return new Outcome.Held(hash, full);
    } catch (RuntimeException failed) {
      unended(
          Begun.begin(id, now, withdrawal).build(), "failed", String.valueOf(failed.getMessage()));
      throw failed;
    }
  }

  private void record(String id, Json.Obj summary) {
    records.append(id, Kind.DRILL, summary).orTimeout(SECONDS_TO_RECORD, TimeUnit.SECONDS).join();
  }

  /// Records that a drill came to no end. If even that fails, the next start tries again.
  private void unended(Json.Obj open, String state, String reason) {
    try {
      Json.Obj report =
          Json.object().putAll(open).put("state", state).put("reason", shortened(reason)).build();
      String hash = drills.keep(report);
      String id = open.string("id").orElseGet(() -> records.ids().next());
      if (log.find(id).isEmpty()) {
        record(id, summary(report, hash));
      }
      begun.ended();
      LOG.warn("a drill has come to no end: {}", reason);
    } catch (RuntimeException again) {
      LOG.error("that a drill came to no end is not recorded yet: {}", again.toString());
    }
  }

  private static String shortened(String reason) {
    return reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason;
  }

  private static Json.Obj summary(Json.Obj report, String hash) {
    Json.Members summary = Json.object().put("report", hash);
    for (String name :
        List.of("drill", "operator", "sites", "siteCount", "at", "state", "reason")) {
      report.get(name).ifPresent(value -> summary.put(name, value));
    }
    return summary.build();
  }

  private Report held(String id, Instant now, Withdrawal withdrawal, Duration budget) {
    PolicyBundle bundle = policy.current();
    List<SiteState> staying =
        original.table().sites().stream().filter(site -> !withdrawal.takes(site.id())).toList();
    Function<Work, Fate> fates =
        work -> new Fate(original.gateway().survey(bundle, work.facts()), withdrawal);
    LoadBook book = new LoadBook(now, fates, capacities(staying));
    log.scan(
        book.from(),
        (kind, _) -> kind == Kind.OUTCOME || kind == Kind.REFUSAL,
        entry -> Sighting.of(entry).ifPresent(book::add));
    Map<Work, Fate> matrix = new LinkedHashMap<>();
    Matrix.of(original.table().sites()).forEach(work -> matrix.put(work, fates.apply(work)));
    Map<Work, Fate> concerned = concerned(book, matrix);
    Optional<Rehearsal.Measured> measured =
        concerned.isEmpty()
            ? Optional.empty()
            : Optional.of(rehearsed(bundle, withdrawal, concerned, budget));
    return new Report(
        new Report.Occasion(id, now, log.key().name(), budget),
        withdrawal,
        bundle,
        staying,
        matrix,
        book,
        measured);
  }

  private Rehearsal.Measured rehearsed(
      PolicyBundle bundle, Withdrawal withdrawal, Map<Work, Fate> concerned, Duration budget) {
    LOG.info(
        "a drill takes {} away from a shadow of this gateway; until it ends, lines about them may"
            + " come from there",
        withdrawal.sites());
    Rehearsal.Measured measured =
        new Rehearsal(original, scratch).run(bundle, withdrawal, concerned, budget);
    LOG.info("the drill has ended");
    return measured;
  }

  private static Map<String, Integer> capacities(List<SiteState> staying) {
    return staying.stream()
        .collect(
            Collectors.toMap(
                SiteState::id, site -> site.report().map(SiteReport::concurrent).orElse(0)));
  }

  /// What to rehearse of the work that the sites may do which go: first what was asked most, then
  /// of all that could be asked one for each group of sites that is left, then the rest.
  private static Map<Work, Fate> concerned(LoadBook book, Map<Work, Fate> matrix) {
    Map<Work, Fate> ordered = new LinkedHashMap<>();
    book.works().entrySet().stream()
        .sorted(Comparator.comparingLong(asked -> -asked.getValue().requests()))
        .forEach(asked -> ordered.put(asked.getKey(), asked.getValue().fate()));
    Map<List<String>, Work> groups = new LinkedHashMap<>();
    matrix.forEach((work, fate) -> {
      if (fate.concerned()) {
        groups.putIfAbsent(fate.after(), work);
      }
    });
    matrix.forEach((work, fate) -> {
      if (groups.containsValue(work)) {
        ordered.put(work, fate);
      }
    });
    ordered.putAll(matrix);
    Map<String, Work> alike = new LinkedHashMap<>();
    ordered.forEach((work, fate) -> {
      if (fate.concerned()) {
        alike.putIfAbsent(likeness(work, fate), work);
      }
    });
    Map<Work, Fate> chosen = new LinkedHashMap<>();
    ordered.forEach((work, fate) -> {
      if (alike.containsValue(work)) {
        chosen.put(work, fate);
      }
    });
    return chosen;
  }

  /// Work that goes the same ways with the same label is rehearsed once, whoever asks it.
  private static String likeness(Work work, Fate fate) {
    return work.model()
        + " "
        + work.kind()
        + " "
        + work.dataClass().label()
        + " "
        + fate.before()
        + fate.after();
  }

  /// The newest drills, the newest first: hash and summary of each.
  public List<Json.Obj> list() {
    return drills.newest().stream().map(DrillDesk::row).toList();
  }

  private static Json.Obj row(Drills.Kept kept) {
    Json.Members row = Json.object().put("hash", kept.hash());
    for (String name :
        List.of(
            "id",
            "at",
            "operator",
            "sites",
            "state",
            "reason",
            "strands",
            "strandedClasses",
            "strandedRequests")) {
      kept.report().get(name).ifPresent(value -> row.put(name, value));
    }
    kept.report()
        .object("rehearsal")
        .flatMap(rehearsal -> rehearsal.get("switches"))
        .ifPresent(switches -> row.put("switches", switches));
    return row.build();
  }

  /// The newest report of a drill that came to its end, if there was one.
  public Optional<Json.Obj> last() {
    return drills.newest().stream()
        .map(Drills.Kept::report)
        .filter(report -> report.get("state").isEmpty())
        .findFirst();
  }

  /// A full report by its hash.
  public Optional<Json.Obj> find(String hash) {
    return drills.find(hash);
  }

  /// The entry that records a report, if the log has it.
  public Optional<LoggedEntry> entry(Json.Obj report) {
    return report.string("id").stream()
        .flatMap(id -> log.find(id).stream())
        .filter(entry -> entry.is(Kind.DRILL))
        .findFirst();
  }
}
