package dejima.audit;

import dejima.evidence.Approvers;
import dejima.evidence.Approvers.Verdict;
import dejima.evidence.Reading;
import dejima.evidence.SignedNote;
import dejima.evidence.SignedNote.Line;
import dejima.residency.PolicyBundle;
import dejima.residency.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The signatures of two people under a bundle: C2SP signed notes in its files `signatures/…`, all
/// over the one text that names the bundle.
public final class PolicySignatures {
  /// The folder inside a bundle.
  public static final String FOLDER = "signatures";

  private static final String OTHER_TEXT =
      "signs another bundle, or an earlier state of this one; every signer must sign again with"
          + " 'dejima policy sign'";

  private PolicySignatures() {}

  /// What is signed: a line that says what this is, then the bundle's id, version and hash, each on
  /// a line of its own.
  public static String text(PolicyBundle bundle) {
    return "dejima policy bundle v1\n"
        + bundle.id()
        + "\n"
        + bundle.version()
        + "\n"
        + bundle.hash()
        + "\n";
  }

  /// What is wrong with a bundle's signatures; empty if two different people among the approvers
  /// have signed it, or if nobody is configured to.
  public static Optional<Problem> problem(PolicyBundle bundle, Approvers approvers) {
    if (approvers.keys().isEmpty()) {
      return Optional.empty();
    }
    Map<String, Line> lines = new LinkedHashMap<>();
    for (Map.Entry<String, String> file : bundle.signatures().entrySet()) {
      switch (SignedNote.parse(file.getValue())) {
        case Reading.Unreadable<SignedNote>(String reason) -> {
          return problem(file.getKey(), "is no signed note: " + reason);
        }
        case Reading.Read<SignedNote>(SignedNote note) -> {
          if (!note.text().equals(text(bundle))) {
            return problem(file.getKey(), OTHER_TEXT);
          }
          note.signatures().forEach(line -> lines.putIfAbsent(line.name() + line.keyId(), line));
        }
      }
    }
    return judged(bundle, approvers, List.copyOf(lines.values()));
  }

  /// The names under a bundle's signatures, in their order; whether these hold is another question.
  public static List<String> signers(PolicyBundle bundle) {
    return bundle.signatures().values().stream()
        .flatMap(file -> SignedNote.parse(file).toOptional().stream())
        .filter(note -> note.text().equals(text(bundle)))
        .flatMap(note -> note.signatures().stream())
        .map(Line::name)
        .distinct()
        .toList();
  }

  private static Optional<Problem> judged(
      PolicyBundle bundle, Approvers approvers, List<Line> lines) {
    if (lines.isEmpty()) {
      return problem(
          FOLDER, "nobody has signed this bundle; two people must ('dejima policy sign')");
    }
    return switch (approvers.judge(new SignedNote(text(bundle), lines))) {
      case Verdict.Approved _ -> Optional.empty();
      case Verdict.Lacking(String reason) ->
          problem(FOLDER, "the bundle needs the signatures of two people: " + reason);
    };
  }

  private static Optional<Problem> problem(String file, String message) {
    return Optional.of(new Problem(file, 1, 1, message));
  }
}
