package dejima.attestation;

import dejima.evidence.Json;
import java.time.Instant;

/// What verifying one piece of attestation evidence gave.
public sealed interface Verdict {
  /// It is genuine, as far as the mirrored roots go, and says what was wanted.
  ///
  /// @param hardware the processor's id, as the register of sites names it
  /// @param until when certificates or collateral that it rests on end
  /// @param claims what it says, for the log
  record Genuine(String hardware, Instant until, Json.Obj claims) implements Verdict {}

  /// It establishes nothing.
  ///
  /// @param reason the first rule that it broke, in one clause
  record Rejected(String reason) implements Verdict {}
}
