package dejima.audit;

import dejima.evidence.CoseReceipt;
import dejima.evidence.Json;
import dejima.evidence.KeySuccession;
import dejima.evidence.Openings;
import dejima.evidence.Reading;
import dejima.evidence.Receipt;
import dejima.evidence.ReceiptJudges;
import dejima.evidence.ReceiptVerifier;
import dejima.evidence.Verification;
import dejima.evidence.VerificationKeys;
import dejima.location.Landmarks;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Judges a receipt, offline: from the file and a key file, and nothing else.
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = "Checks a receipt offline, from the file and the log's key alone.",
    footer = {"", "Exit codes: 0 genuine, 3 refused, 2 wrong usage."})
final class VerifyCommand implements Callable<Integer> {
  private static final long LONGEST_FILE = 64 << 20;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The receipt.")
  private Path file;

  @Option(
      names = {"-k", "--keys"},
      defaultValue = ".demo/gateway/evidence.pub",
      description = "The log's key: a vkey or a C2SP tlog-policy file (default: ${DEFAULT-VALUE}).")
  private Path keys;

  @Option(names = "--request", description = "The request's body as it was sent, to be compared.")
  private Optional<Path> request;

  @Option(
      names = "--response",
      description = "The answer's body as it was received, to be compared.")
  private Optional<Path> response;

  @Option(names = "--promise", description = "The value of the header Dejima-Promise.")
  private Optional<String> promise;

  @Option(
      names = "--landmarks",
      description = "The landmarks that you trust: a file as /log/landmarks serves it.")
  private Optional<Path> landmarks;

  @Option(
      names = "--cose",
      description = "A COSE receipt (RFC 9942) of the same entry, to be checked too.")
  private Optional<Path> cose;

  @Option(
      names = "--succession",
      description = "How the log's keys followed one another: a file as /log/succession serves it.")
  private Optional<Path> succession;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Override
  public Integer call() {
    Openings openings =
        new Openings(
            request.map(VerifyCommand::bytes), response.map(VerifyCommand::bytes), promise);
    byte[] receipt = bytes(file);
    PolicyReplay replay = PolicyReplay.ahead(Receipt.parse(receipt));
    VerificationKeys trusted = trusted();
    Verification verdict =
        withCose(
            ReceiptVerifier.verify(
                receipt,
                trusted,
                new ReceiptJudges(
                    replay, new SiteEvidence(landmarks.map(VerifyCommand::landmarks))),
                openings),
            trusted);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(asJson(verdict).canonicalText());
    } else {
      print(verdict, out);
    }
    out.flush();
    return switch (verdict) {
      case Verification.Verified _ -> AuditCommand.DONE;
      case Verification.Refused _ -> AuditCommand.REFUSED;
    };
  }

  private Verification withCose(Verification verdict, VerificationKeys trusted) {
    if (cose.isEmpty() || !(verdict instanceof Verification.Verified genuine)) {
      return verdict;
    }
    byte[] given = bytes(cose.get());
    boolean holds =
        trusted.logs().stream()
            .map(log -> CoseReceipt.verify(given, log, genuine.receipt().body()))
            .anyMatch(index -> index.equals(new Reading.Read<>(genuine.receipt().index())));
    if (!holds) {
      return new Verification.Refused(
          Verification.Step.INCLUSION, "the COSE receipt is not the log's about this entry");
    }
    var proved = new ArrayList<>(genuine.proved());
    proved.add(
        new Verification.Finding(
            "The COSE receipt given is the log's, about the same entry.",
            "渡された COSE 領収書はこのログのもので、同じ記録についてのものである。"));
    return new Verification.Verified(genuine.receipt(), proved, genuine.notProved());
  }

  private VerificationKeys trusted() {
    return switch (VerificationKeys.parse(new String(bytes(keys), StandardCharsets.UTF_8))) {
      case Reading.Read<VerificationKeys>(VerificationKeys read) ->
          succession.map(file -> read.with(succession(file))).orElse(read);
      case Reading.Unreadable<VerificationKeys>(String reason) ->
          throw new CommandFailed("The key file " + keys + " cannot be read: " + reason);
    };
  }

  private static KeySuccession succession(Path path) {
    return switch (KeySuccession.parse(new String(bytes(path), StandardCharsets.UTF_8))) {
      case Reading.Read<KeySuccession>(KeySuccession read) -> read;
      case Reading.Unreadable<KeySuccession>(String reason) ->
          throw new CommandFailed("The file " + path + " cannot be read: " + reason);
    };
  }

  private static Landmarks landmarks(Path path) {
    return switch (Landmarks.parse(new String(bytes(path), StandardCharsets.UTF_8))) {
      case Reading.Read<Landmarks>(Landmarks read) -> read;
      case Reading.Unreadable<Landmarks>(String reason) ->
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

  private static void print(Verification verdict, PrintWriter out) {
    switch (verdict) {
      case Verification.Verified(_, var proved, var notProved) -> {
        out.println("GENUINE  真正");
        findings("Proved  証明されたこと", proved, out);
        findings("Not proved  証明されていないこと", notProved, out);
      }
      case Verification.Refused(var step, String reason) ->
          out.println("REFUSED  拒否  at " + step.name().toLowerCase(Locale.ROOT) + ": " + reason);
    }
  }

  private static void findings(String title, List<Verification.Finding> findings, PrintWriter out) {
    out.println(title);
    for (Verification.Finding finding : findings) {
      out.println("  - " + finding.en());
      out.println("    " + finding.ja());
    }
  }

  private static Json asJson(Verification verdict) {
    return switch (verdict) {
      case Verification.Verified(var receipt, var proved, var notProved) ->
          Json.object()
              .put("verdict", "genuine")
              .put("id", receipt.id())
              .put("proved", Json.strings(proved.stream().map(Verification.Finding::en).toList()))
              .put(
                  "notProved",
                  Json.strings(notProved.stream().map(Verification.Finding::en).toList()))
              .build();
      case Verification.Refused(var step, String reason) ->
          Json.object()
              .put("verdict", "refused")
              .put("step", step.name().toLowerCase(Locale.ROOT))
              .put("reason", reason)
              .build();
    };
  }
}
