package dejima.evidence;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Whom a verifier trusts: logs, witnesses, and how many witnesses it wants. The file is a C2SP
/// tlog-policy; a file of one bare vkey means that log and no witnesses.
///
/// @param logs keys of logs, each named by its origin
/// @param witnesses keys of witnesses
/// @param quorum which of them must have cosigned
/// @param addresses where logs and witnesses answer, as far as the file says
public record VerificationKeys(
    List<NoteKey> logs, List<NoteKey> witnesses, Quorum quorum, Map<NoteKey, URI> addresses) {

  /// Copies the lists and checks that each key may do its job.
  public VerificationKeys {
    logs = List.copyOf(logs);
    witnesses = List.copyOf(witnesses);
    addresses = Map.copyOf(addresses);
    if (logs.stream().anyMatch(key -> key.type() != SignatureType.ED25519)
        || witnesses.stream().anyMatch(key -> !key.type().cosigns())) {
      throw new IllegalArgumentException("a key of the wrong kind");
    }
  }

  /// Keys without addresses.
  public VerificationKeys(List<NoteKey> logs, List<NoteKey> witnesses, Quorum quorum) {
    this(logs, witnesses, quorum, Map.of());
  }

  /// The same with the log keys that follow from those known.
  public VerificationKeys with(KeySuccession succession) {
    return new VerificationKeys(succession.trusted(logs), witnesses, quorum, addresses);
  }

  /// This log alone, without witnesses.
  public static VerificationKeys ofLog(NoteKey log) {
    return new VerificationKeys(List.of(log), List.of(), new Quorum.None());
  }

  /// The file's text for a log without witnesses.
  public static String file(NoteKey log) {
    return "log " + log.text() + "\nquorum none\n";
  }

  /// Reads a checkpoint's note and checks that a known log signed it. Witnesses are not asked for,
  /// and what the log says in extension lines is passed over.
  public Reading<Checkpoint> signedByLog(SignedNote note) {
    return Checkpoint.parseExtended(note.text())
        .then(head ->
            new CheckpointTrust(note, head, this).signer().then(_ -> new Reading.Read<>(head)));
  }

  /// The witnesses that cosigned, if they suffice.
  public Reading<Set<NoteKey>> cosignedByQuorum(SignedNote note) {
    return Checkpoint.parseExtended(note.text())
        .then(head -> new CheckpointTrust(note, head, this).quorum());
  }

  /// Since when a checkpoint has been known to enough witnesses: the earliest time that one of
  /// those who are trusted stated. Nobody else can have known the note as it is before.
  public Reading<Instant> witnessedSince(SignedNote note) {
    return cosignedByQuorum(note)
        .then(cosigners ->
            note.signatures().stream()
                .filter(line -> cosigners.stream().anyMatch(line::isBy))
                .map(line -> Cosignature.time(line.bytes()))
                .min(Instant::compareTo)
                .<Reading<Instant>>map(Reading.Read::new)
                .orElse(new Reading.Unreadable<>("no witness cosigned the checkpoint")));
  }

  /// Reads a key file of at most 1 MiB, which holds many times the 32 logs and 32 witnesses with
  /// post-quantum keys that the standard asks for.
  public static Reading<VerificationKeys> parse(String file) {
    return file.length() > 1 << 20
        ? new Reading.Unreadable<>("key file: longer than 1 MiB")
        : new KeyFileReader().read(file);
  }
}
