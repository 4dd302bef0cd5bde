package dejima.evidence;

import dejima.evidence.Verification.Refused;
import dejima.evidence.Verification.Step;
import dejima.evidence.Verification.Verified;

/// Judges receipts offline: from the file, the keys that the reader trusts and nothing else.
public final class ReceiptVerifier {
  private ReceiptVerifier() {}

  /// Judges a receipt alone.
  public static Verification verify(byte[] file, VerificationKeys keys, ReceiptJudges judges) {
    return verify(file, keys, judges, Openings.NONE);
  }

  /// Judges a receipt together with what its holder has kept.
  public static Verification verify(
      byte[] file, VerificationKeys keys, ReceiptJudges judges, Openings openings) {
    return switch (Receipt.parse(file)) {
      case Reading.Unreadable<Receipt>(String reason) -> new Refused(Step.PARSE, reason);
      case Reading.Read<Receipt>(Receipt receipt) -> {
        var checks = new ReceiptChecks(receipt, keys, judges, openings);
        try {
          checks.run();
          yield new Verified(receipt, checks.proved(), checks.notProved());
        } catch (ReceiptChecks.Failure e) {
          yield new Refused(e.step(), e.reason());
        }
      }
    };
  }
}
