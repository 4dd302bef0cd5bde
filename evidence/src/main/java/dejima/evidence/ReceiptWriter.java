package dejima.evidence;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/// Makes receipts under one checkpoint.
///
/// @param size the checkpoint's tree size
/// @param note the checkpoint
/// @param paths the inclusion path of an index below the size
record ReceiptWriter(long size, SignedNote note, LongFunction<List<byte[]>> paths) {

  ReceiptResult write(List<LoggedEntry> entries, byte[] salt, Attachments attachments) {
    if (entries.isEmpty()) {
      return new ReceiptResult.Unknown();
    }
    return last(entries)
        .map(end -> write(end, intents(entries), salt, attachments))
        .orElse(new ReceiptResult.Pending());
  }

  /// What ended the request, if a tree head covers it.
  private Optional<LoggedEntry> last(List<LoggedEntry> entries) {
    return entries.stream()
        .filter(entry -> entry.is(Kind.OUTCOME) || entry.is(Kind.REFUSAL))
        .max(Comparator.comparingLong(LoggedEntry::index))
        .filter(entry -> entry.index() < size);
  }

  private static List<LoggedEntry> intents(List<LoggedEntry> entries) {
    return entries.stream().filter(entry -> entry.is(Kind.INTENT)).toList();
  }

  /// The bundle without what stands below `signatures/` and is no note.
  private static Map<String, String> carried(Map<String, String> files) {
    return files.entrySet().stream()
        .filter(file ->
            !PolicyHash.isUnhashed(file.getKey())
                || SignedNote.parse(file.getValue()) instanceof Reading.Read<SignedNote>)
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private ReceiptResult write(
      LoggedEntry end, List<LoggedEntry> intents, byte[] salt, Attachments attachments) {
    var files = attachments.policyFiles();
    var decided = intents.isEmpty() ? end.body() : intents.getLast().body();
    if (!decided.string("saltHash").equals(Optional.of(Commitment.saltHash(salt)))) {
      return new ReceiptResult.Mismatch("the salt is not the request's");
    }
    var hash = decided.object("policy").flatMap(policy -> policy.string("hash"));
    if (!hash.equals(Optional.of(PolicyHash.ofBundle(files)))) {
      return new ReceiptResult.Mismatch("the bundle is not the one that decided");
    }
    var facts = attachments.siteFacts();
    if (!decided.string("siteFacts").equals(Optional.of(facts.canonicalHash()))) {
      return new ReceiptResult.Mismatch("the sites' facts are not those that were decided by");
    }
    return new ReceiptResult.Ready(
        new Receipt(
            end.body(),
            end.index(),
            path(end),
            StrictBase64.text(salt),
            proven(intents),
            proven(attachments.grounds()),
            new Receipt.Documents(carried(files), facts, Optional.of(attachments.carried())),
            note));
  }

  private List<Receipt.Proven> proven(List<LoggedEntry> entries) {
    return entries.stream()
        .map(entry -> new Receipt.Proven(entry.index(), entry.body(), path(entry)))
        .toList();
  }

  private List<String> path(LoggedEntry entry) {
    return paths.apply(entry.index()).stream().map(StrictBase64::text).toList();
  }
}
