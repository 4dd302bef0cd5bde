package dejima.audit;

import dejima.evidence.CoseReceipt;
import dejima.evidence.KeySuccession;
import dejima.evidence.Openings;
import dejima.evidence.Reading;
import dejima.evidence.Receipt;
import dejima.evidence.ReceiptJudges;
import dejima.evidence.ReceiptVerifier;
import dejima.evidence.TrustedApprovers;
import dejima.evidence.Verification;
import dejima.evidence.Verification.Finding;
import dejima.evidence.Verification.Refused;
import dejima.evidence.Verification.Step;
import dejima.evidence.Verification.Verified;
import dejima.evidence.VerificationKeys;
import dejima.location.Landmarks;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.function.Function;

/// One verification: reads what it is given, judges, and tells.
///
/// @param asked what it is asked
record VerifyRun(VerifyArguments asked) {
  private static final long LONGEST_FILE = 64 << 20;

  /// Judges and prints.
  ///
  /// @return the exit code
  int run(PrintWriter out) {
    Verification verdict = verdict();
    VerdictText text = new VerdictText(verdict);
    if (asked.json()) {
      out.println(text.json().canonicalText());
    } else {
      text.print(asked.language(), out);
    }
    out.flush();
    return switch (verdict) {
      case Verified _ -> AuditCommand.DONE;
      case Refused _ -> AuditCommand.REFUSED;
    };
  }

  private Verification verdict() {
    byte[] file = bytes(asked.file());
    PolicyReplay replay = PolicyReplay.ahead(Receipt.parse(file));
    EvidenceTrust trust =
        new EvidenceTrust(
            keys(),
            asked.landmarks().map(path -> read(path, Landmarks::parse)),
            asked.approvers().map(path -> read(path, TrustedApprovers::parse)));
    Verification judged =
        ReceiptVerifier.verify(
            file, trust.keys(), new ReceiptJudges(replay, new SiteEvidence(trust)), openings());
    return withPolicy(withCose(judged, trust.keys()), replay, trust);
  }

  private Openings openings() {
    return new Openings(
        asked.request().map(VerifyRun::bytes),
        asked.response().map(VerifyRun::bytes),
        asked.promise());
  }

  private VerificationKeys keys() {
    VerificationKeys read = read(asked.keys(), VerificationKeys::parse);
    return asked.succession().map(path -> read.with(read(path, KeySuccession::parse))).orElse(read);
  }

  private Verification withCose(Verification judged, VerificationKeys trusted) {
    if (asked.cose().isEmpty() || !(judged instanceof Verified genuine)) {
      return judged;
    }
    byte[] given = bytes(asked.cose().get());
    boolean holds =
        trusted.logs().stream()
            .map(log -> CoseReceipt.verify(given, log, genuine.receipt().body()))
            .anyMatch(index -> index.equals(new Reading.Read<>(genuine.receipt().index())));
    return holds
        ? and(
            genuine,
            true,
            new Finding(
                Step.INCLUSION,
                "cose",
                "The COSE receipt given is the log's, about the same entry.",
                "渡された COSE 領収書はこのログのもので、同じ記録についてのものである。"))
        : new Refused(Step.INCLUSION, "the COSE receipt is not the log's about this entry");
  }

  private static Verification withPolicy(
      Verification judged, PolicyReplay replay, EvidenceTrust trust) {
    if (!(judged instanceof Verified genuine)) {
      return judged;
    }
    var receipt = genuine.receipt();
    return replay
        .loaded(receipt.policyFiles())
        .map(bundle -> PolicyApproval.examine(receipt, bundle, trust.approvers()))
        .map(found ->
            switch (found) {
              case Reading.Read<PolicyApproval.Found>(PolicyApproval.Found said) ->
                  and(genuine, said.holds(), said.finding());
              case Reading.Unreadable<PolicyApproval.Found>(String reason) ->
                  new Refused(Step.POLICY, reason);
            })
        .orElse(genuine);
  }

  private static Verification and(Verified genuine, boolean holds, Finding finding) {
    var proved = new ArrayList<>(genuine.proved());
    var notProved = new ArrayList<>(genuine.notProved());
    (holds ? proved : notProved).add(finding);
    return new Verified(genuine.receipt(), proved, notProved);
  }

  private static <T> T read(Path path, Function<String, Reading<T>> parser) {
    return switch (parser.apply(new String(bytes(path), StandardCharsets.UTF_8))) {
      case Reading.Read<T>(T value) -> value;
      case Reading.Unreadable<T>(String reason) ->
          throw new CommandFailed("The file " + path + " cannot be read: " + reason);
    };
  }

  private static byte[] bytes(Path path) {
    try {
      if (Files.size(path) > LONGEST_FILE) {
        throw new CommandFailed(path + " is longer than any file that belongs here.");
      }
      return Files.readAllBytes(path);
    } catch (IOException unreadable) {
      throw new CommandFailed("The file " + path + " cannot be read.");
    }
  }
}
