package dejima.evidence;

import java.util.List;
import java.util.Map;

/// What a receipt carries along so that its entries can be judged: documents that the entries name
/// by their hashes, and the entries behind a site's evidence level.
///
/// @param policyFiles the bundle that decided: text of every file by its path, and the signatures
///   under it
/// @param siteFacts what was on record of the sites, as `siteFacts` of the decision names it
/// @param grounds the entries that the intents name as grounds of their sites' evidence level
/// @param carried the documents that those entries name
public record Attachments(
    Map<String, String> policyFiles, Json siteFacts, List<LoggedEntry> grounds, Carried carried) {
  /// Copies the collections.
  public Attachments {
    policyFiles = Map.copyOf(policyFiles);
    grounds = List.copyOf(grounds);
  }

  /// A bundle alone.
  public static Attachments of(Map<String, String> policyFiles) {
    return new Attachments(policyFiles, Json.array(List.of()), List.of(), Carried.NONE);
  }
}
