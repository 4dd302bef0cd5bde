package dejima.evidence;

import java.util.List;

/// Whom a verifier trusts: logs, witnesses, and how many witnesses it wants. The file is a C2SP
/// tlog-policy; a file of one bare vkey means that log and no witnesses.
///
/// @param logs keys of logs, each named by its origin
/// @param witnesses keys of witnesses
/// @param quorum which of them must have cosigned
public record VerificationKeys(List<NoteKey> logs, List<NoteKey> witnesses, Quorum quorum) {

  /// Copies the lists and checks that each key may do its job.
  public VerificationKeys {
    logs = List.copyOf(logs);
    witnesses = List.copyOf(witnesses);
    if (logs.stream().anyMatch(key -> key.type() != SignatureType.ED25519)
        || witnesses.stream().anyMatch(key -> key.type() != SignatureType.COSIGNATURE_ED25519)) {
      throw new IllegalArgumentException("a key of the wrong kind");
    }
  }

  /// This log alone, without witnesses.
  public static VerificationKeys ofLog(NoteKey log) {
    return new VerificationKeys(List.of(log), List.of(), new Quorum.None());
  }

  /// The file's text for a log without witnesses.
  public static String file(NoteKey log) {
    return "log " + log.text() + "\nquorum none\n";
  }

  /// Reads a key file of at most 64 KiB.
  public static Reading<VerificationKeys> parse(String file) {
    return file.length() > 1 << 16
        ? new Reading.Unreadable<>("key file: longer than 64 KiB")
        : new KeyFileReader().read(file);
  }
}
