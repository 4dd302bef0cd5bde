package dejima.server.register;

import dejima.evidence.Approvers.Verdict;
import dejima.evidence.Json;
import dejima.evidence.Kind;
import dejima.evidence.Reading;
import dejima.gateway.GroundEntry;
import dejima.register.Mistake;
import dejima.register.Register;
import dejima.register.RegisterApproval;
import dejima.register.RegisterDiff;
import dejima.register.RegisterReading;
import dejima.server.records.LastRecorded;
import dejima.server.records.NodeRecords;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Puts versions of the register in force: read, signed by two people, following the version
/// before, kept, recorded in the log, and only then active. What is in force survives a restart
/// even if the directory has become unreadable.
public final class RegisterDesk {
  private static final String IN_FORCE = "register";
  private static final String ENTRY = "register-entry";
  private static final int SECONDS_TO_RECORD = 10;

  /// An entry holds 8 KiB; the whole change can be seen in the archive.
  private static final int MOST_CHANGES = 20;

  private static final int LONGEST_CHANGE = 160;

  private final RegisterSettings settings;
  private final RegisterArchive archive;
  private final NodeRecords records;
  private final LastRecorded last;
  private volatile Optional<InForce> current;

  /// What is in force.
  ///
  /// @param register the version
  /// @param entry where the log has it, if it still does
  record InForce(Register register, Optional<GroundEntry> entry) {}

  /// @param kept the directory for versions that were in force
  /// @param last knows which version was
  public RegisterDesk(
      RegisterSettings settings, Path kept, NodeRecords records, LastRecorded last) {
    this.settings = settings;
    this.archive = new RegisterArchive(kept);
    this.records = records;
    this.last = last;
    this.current =
        last.get(IN_FORCE)
            .flatMap(archive::find)
            .map(register ->
                new InForce(
                    register, last.get(ENTRY).flatMap(id -> records.ground(Kind.REGISTER, id))));
  }

  /// The version in force.
  public Optional<Register> current() {
    return current.map(InForce::register);
  }

  /// The version in force, and where it is recorded.
  Optional<InForce> inForce() {
    return current;
  }

  /// Reads the directory again and puts it in force if it is sound, signed and next.
  ///
  /// @throws java.util.concurrent.CompletionException if the change cannot be recorded; what was in
  ///   force stays
  public synchronized RegisterOutcome reload() {
    return switch (Register.load(settings.directory())) {
      case RegisterReading.Rejected(List<Mistake> mistakes) ->
          new RegisterOutcome.Refused(mistakes.stream().map(Mistake::text).toList());
      case RegisterReading.Loaded(Register register) -> judged(register);
    };
  }

  private RegisterOutcome judged(Register register) {
    return switch (RegisterApproval.judge(register, settings.approvers())) {
      case Verdict.Lacking(String reason) -> new RegisterOutcome.Refused(List.of(reason));
      case Verdict.Approved(List<String> people) -> approved(register, people);
    };
  }

  private RegisterOutcome approved(Register register, List<String> people) {
    Optional<Register> before = current();
    if (before.isPresent()
        && RegisterApproval.follow(before.get(), register)
            instanceof Reading.Unreadable<Register>(String reason)) {
      return new RegisterOutcome.Refused(List.of(reason));
    }
    if (before.map(Register::hash).filter(register.hash()::equals).isEmpty()) {
      archive.keep(register);
      GroundEntry entry =
          records
              .appendGround(Kind.REGISTER, facts(before, register, people))
              .orTimeout(SECONDS_TO_RECORD, TimeUnit.SECONDS)
              .join();
      last.keep(Map.of(IN_FORCE, register.hash(), ENTRY, entry.id()));
      current = Optional.of(new InForce(register, Optional.of(entry)));
    }
    return new RegisterOutcome.InForce(register, people);
  }

  private static Json.Obj facts(Optional<Register> before, Register next, List<String> people) {
    RegisterDiff diff =
        before.map(old -> RegisterDiff.between(old, next)).orElseGet(() -> RegisterDiff.from(next));
    return Json.object()
        .put("register", next.head().name())
        .put("version", next.head().version())
        .put("hash", next.hash())
        .put("previousVersion", next.head().previous())
        .put("approvedBy", Json.strings(people))
        .put("changes", diff.changes().size())
        .put(
            "summary",
            Json.strings(
                diff.changes().stream()
                    .limit(MOST_CHANGES)
                    .map(change -> shortened(change.text()))
                    .toList()))
        .build();
  }

  private static String shortened(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST_CHANGE
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST_CHANGE)) + "…";
  }
}
