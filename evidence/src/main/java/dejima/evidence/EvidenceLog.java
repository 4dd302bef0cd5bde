package dejima.evidence;

import dejima.evidence.journal.Disk;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// An append-only log of what was decided and done. Every implementation keeps:
///
/// - An entry is durable before its receiver hears so, and stays at its index for ever.
/// - Per tenant, sequence numbers run from 1 without a gap, each body names the hash of the one
///   before, whatever crashes in between.
/// - Entries of one calling thread keep their order.
/// - Every tree head extends every earlier one; at most [LogSettings#headInterval] after an entry
///   became durable a tree head covers it.
/// - An intent without outcome that a stopped process left behind is closed, when the log is opened
///   again, by an outcome that says `unknown`.
///
/// All methods may be called from any thread.
public interface EvidenceLog extends AutoCloseable {

  /// Records an entry. Never waits: the receiver is told later, on the log's thread, exactly once.
  void append(Entry entry, Receiver receiver);

  /// As [#append(Entry, Receiver)], for those who can wait.
  ///
  /// @return ends when the entry is durable, or with the [AppendFailure]
  default CompletableFuture<Promise> append(Entry entry) {
    var durable = new CompletableFuture<Promise>();
    append(
        entry,
        new Receiver() {
          @Override
          public void durable(Promise promise) {
            durable.complete(promise);
          }

          @Override
          public void failed(AppendFailure failure) {
            durable.completeExceptionally(failure);
          }
        });
    return durable;
  }

  /// Records an entry for which nobody waits, such as the outcome of a request that was answered.
  /// As [#append], but the log may hold it back for some milliseconds, so that it shares a disk
  /// write with the entries of other requests.
  void appendLater(Entry entry, Receiver receiver);

  /// All durable entries of a request, oldest first; none if the log does not know it.
  List<LoggedEntry> find(String id);

  /// Reads through the entries that the published tree head covers, in their order, with bounded
  /// memory; what becomes durable meanwhile is left out.
  ///
  /// @param since leaves out what is dated before
  /// @param choice which of them are wanted
  /// @param each is given one after the other, on the calling thread
  void scan(Instant since, EntryChoice choice, Consumer<LoggedEntry> each);

  /// Reads backwards through entries that the published tree head covers, at most those of one
  /// journal file, so that the caller can bound its work.
  ///
  /// @param below the index below which to begin
  /// @param until leaves out what is dated after
  /// @param choice which of them are wanted
  /// @param each is given one after the other, newest first, on the calling thread, until it says
  ///   false
  /// @return the index below which to read on; 0 when nothing older is left
  long readBack(long below, Instant until, EntryChoice choice, Predicate<LoggedEntry> each);

  /// The newest published tree head.
  TreeHead head();

  /// The newest published checkpoint, signed by the log alone.
  SignedNote checkpoint();

  /// The proof that the tree of one size extends that of another, base64 (RFC 9162 §2.1.4.1).
  ///
  /// @param from not above `to`
  /// @param to not above the newest tree head's size
  List<String> consistency(long from, long to);

  /// Publishes a checkpoint that enough witnesses cosigned, as `checkpoint.cosigned`. Receipts of
  /// entries that it covers carry it from now on.
  ///
  /// @throws IllegalArgumentException if this log never signed it, or has a later one
  void witnessed(SignedNote cosigned);

  /// The newest of these.
  Optional<SignedNote> witnessed();

  /// The receipt of a request that ended: under the newest checkpoint that witnesses cosigned if
  /// that covers it, else under the newest.
  ///
  /// @param salt the request's salt
  /// @param attachments what its entries name
  ReceiptResult receipt(String id, byte[] salt, Attachments attachments);

  /// A receipt of this log in a form of its own, signed anew where the form needs it.
  byte[] issue(Receipt receipt, ReceiptForm form);

  /// The key that verifies this log's checkpoints and promises.
  NoteKey key();

  /// Whether entries can be recorded just now.
  LogState state();

  /// Stops taking entries, makes what waits durable, publishes a last tree head.
  @Override
  void close();

  /// Hears what became of an entry. Its methods are called on the log's only writing thread: they
  /// must return at once.
  interface Receiver {
    /// The entry is durable.
    void durable(Promise promise);

    /// The entry is not recorded and never will be.
    void failed(AppendFailure failure);
  }

  /// A log in a directory, which it owns alone. Below it, `public/` holds the static files of C2SP
  /// tlog-tiles, to be served as they are, and `journal/` the bodies, which are not public.
  ///
  /// @throws java.io.UncheckedIOException if the directory cannot be used
  /// @throws DamagedLogException if what is there is not a log that this process may continue
  static EvidenceLog inDirectory(Path directory, LogSettings settings) {
    return Recovery.open(directory, settings, Disk.system());
  }

  /// A log that forgets everything when it is closed. It calls receivers before [#append] returns
  /// and publishes a tree head with each entry.
  static EvidenceLog inMemory(LogSettings settings) {
    return new MemoryLog(settings);
  }
}
