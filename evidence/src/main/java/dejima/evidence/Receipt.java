package dejima.evidence;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The file that proves how one request was treated: a C2SP `tlog-proof@v1` of the entry that ended
/// it, whose `extra` line carries what is needed to judge it offline. Every byte is bound by the
/// log's signature, directly or through a hash.
///
/// @param body the body of the outcome or refusal
/// @param index its place in the log
/// @param path its inclusion path, base64, the leaf's sibling first
/// @param salt the request's salt, base64
/// @param intents the intents that preceded it, in order
/// @param grounds the entries that the intents name as grounds of their sites' evidence level
/// @param documents the documents that the entries name
/// @param note the checkpoint with its signatures
public record Receipt(
    Json.Obj body,
    long index,
    List<String> path,
    String salt,
    List<Proven> intents,
    List<Proven> grounds,
    Documents documents,
    SignedNote note) {

  static final String HEADER = "c2sp.org/tlog-proof@v1";

  /// Copies the collections and checks the form of the hashes.
  public Receipt {
    path = hashes(path);
    StrictBase64.read(salt, Commitment.SALT_LENGTH).orThrow();
    intents = List.copyOf(intents);
    grounds = List.copyOf(grounds);
    if (index < 0) {
      throw new IllegalArgumentException("receipt: negative index");
    }
  }

  /// Documents that entries name by their hashes.
  ///
  /// @param policyFiles the bundle that decided: text of every file by its path, with the
  ///   signatures under it
  /// @param siteFacts what was on record of the sites
  /// @param carried what bears the sites' evidence levels; a receipt of version 2 carries none
  public record Documents(
      Map<String, String> policyFiles, Json siteFacts, Optional<Carried> carried) {
    /// Copies the files. Those that the bundle's hash does not cover are signed notes, and version
    /// 2 has none.
    public Documents {
      policyFiles = Map.copyOf(policyFiles);
      if (carried.isEmpty() && policyFiles.keySet().stream().anyMatch(PolicyHash::isUnhashed)) {
        throw new IllegalArgumentException("receipt: unhashed policy file");
      }
      policyFiles.forEach((path, text) -> {
        if (PolicyHash.isUnhashed(path)
            && SignedNote.parse(text) instanceof Reading.Unreadable<SignedNote>(String reason)) {
          throw new IllegalArgumentException("receipt: " + path + " is no note: " + reason);
        }
      });
    }

    /// Those of a receipt of version 2.
    public Documents(Map<String, String> policyFiles, Json siteFacts) {
      this(policyFiles, siteFacts, Optional.empty());
    }
  }

  /// The bundle that decided: text of every file by its path.
  public Map<String, String> policyFiles() {
    return documents.policyFiles();
  }

  /// Another entry with its own proof under the same checkpoint.
  ///
  /// @param index its place in the log
  /// @param body its body
  /// @param path its inclusion path, base64
  public record Proven(long index, Json.Obj body, List<String> path) {
    /// Checks the form of the hashes.
    public Proven {
      path = hashes(path);
      if (index < 0) {
        throw new IllegalArgumentException("receipt: negative index");
      }
    }

    private Json.Obj json() {
      return Json.object()
          .put("body", body)
          .put("index", index)
          .put("proof", Json.strings(path))
          .build();
    }
  }

  private static List<String> hashes(List<String> path) {
    path.forEach(hash -> StrictBase64.read(hash, 32).orThrow());
    return List.copyOf(path);
  }

  /// The request's id.
  public String id() {
    return body.string("id").orElse("");
  }

  /// The file.
  public byte[] bytes() {
    var text = new StringBuilder(HEADER);
    text.append("\nextra ").append(StrictBase64.text(extra().canonicalBytes()));
    text.append("\nindex ").append(index).append('\n');
    path.forEach(hash -> text.append(hash).append('\n'));
    text.append('\n').append(note.noteText());
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private Json.Obj extra() {
    var policy = Json.object();
    documents.policyFiles().forEach(policy::put);
    Json.Members members = Json.object();
    documents.carried().ifPresent(carried -> members.put("documents", carried.json()));
    return members
        .put("v", documents.carried().isPresent() ? 3 : 2)
        .put("body", body)
        .put("salt", salt)
        .put("intents", Json.array(intents.stream().map(Proven::json).toList()))
        .put("grounds", Json.array(grounds.stream().map(Proven::json).toList()))
        .put("policy", policy.build())
        .put("siteFacts", documents.siteFacts())
        .build();
  }

  /// Reads a file of at most 16 MiB; there is exactly one file per receipt.
  public static Reading<Receipt> parse(byte[] file) {
    return ReceiptReader.read(file);
  }
}
