package dejima.server.records;

import dejima.evidence.Json;
import dejima.evidence.Kind;
import dejima.evidence.Promise;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Records changes of keys, so that whoever follows the log learns under which keys it was kept and
/// to which keys data went. Only public halves, pins and pseudonyms are recorded.
public final class KeyRecords {
  private static final String PIN = "pin/";
  private static final int SECONDS_TO_RECORD = 10;

  private final NodeRecords records;
  private final LastRecorded last;

  /// Records in `records` what differs from `last`.
  public KeyRecords(NodeRecords records, LastRecorded last) {
    this.records = records;
    this.last = last;
  }

  /// Records which of the node's keys are new or have changed since the last run, and waits until
  /// that is durable.
  ///
  /// @param log the log's public key
  /// @param gateway the pin by which sites know the gateway
  /// @param sites the configured pin of each site by its id
  public void started(String log, String gateway, Map<String, String> sites) {
    Map<String, String> now = new HashMap<>();
    now.put("log", log);
    now.put("gateway", gateway);
    sites.forEach((id, pin) -> now.put(PIN + id, pin));
    last.below(PIN).keySet().forEach(gone -> now.putIfAbsent(gone, ""));
    Map<String, String> changed = new HashMap<>();
    List<CompletableFuture<Promise>> appended = new ArrayList<>();
    for (String name : now.keySet().stream().sorted().toList()) {
      String key = now.getOrDefault(name, "");
      if (!last.get(name).equals(Optional.of(key))) {
        changed.put(name, key);
        appended.add(records.append(Kind.KEY, change(name, key)));
      }
    }
    CompletableFuture.allOf(appended.toArray(CompletableFuture[]::new))
        .orTimeout(SECONDS_TO_RECORD, TimeUnit.SECONDS)
        .join();
    last.keep(changed);
  }

  /// The key under which a site goes on that may answer with several: the recorded one, if it is
  /// one of them.
  ///
  /// @param pins what is configured, the first if none is recorded
  public String inUse(String site, List<String> pins) {
    return last.get(PIN + site).filter(pins::contains).orElseGet(pins::getFirst);
  }

  /// A site answers with another of its configured keys.
  ///
  /// @param pin of the key
  public void siteChanged(String site, String pin) {
    String name = PIN + site;
    if (!last.get(name).equals(Optional.of(pin))) {
      records.record(Kind.KEY, change(name, pin));
      last.keep(Map.of(name, pin));
    }
  }

  private Json.Obj change(String name, String key) {
    Json.Members facts = Json.object();
    if (name.startsWith(PIN)) {
      facts.put("subject", "site").put("site", name.substring(PIN.length()));
    } else {
      facts.put("subject", name);
    }
    Optional<String> before = last.get(name);
    before.ifPresent(old -> facts.put("before", old));
    if (!key.isEmpty()) {
      facts.put("key", key);
    }
    String change = before.isEmpty() ? "first-used" : "changed";
    return facts.put("change", key.isEmpty() ? "removed" : change).build();
  }

  /// An API key was issued.
  ///
  /// @param id its public part
  /// @param pseudonym its tenant's
  public void issued(String id, String pseudonym) {
    apiKey(id, pseudonym, "issued");
  }

  /// An API key was withdrawn.
  ///
  /// @param id its public part
  /// @param pseudonym its tenant's
  public void revoked(String id, String pseudonym) {
    apiKey(id, pseudonym, "revoked");
  }

  private void apiKey(String id, String pseudonym, String change) {
    records.record(
        Kind.KEY,
        Json.object()
            .put("subject", "api-key")
            .put("apiKey", id)
            .put("of", pseudonym)
            .put("change", change)
            .build());
  }

  /// A tenant's salts come from another key.
  ///
  /// @param pseudonym the tenant's
  /// @param from from when on
  public void saltRotated(String pseudonym, Instant from) {
    records.record(
        Kind.KEY,
        Json.object()
            .put("subject", "salt-key")
            .put("of", pseudonym)
            .put("from", from.toEpochMilli())
            .put("change", "changed")
            .build());
  }

  /// The salt keys of a tenant's older periods were destroyed.
  ///
  /// @param pseudonym the tenant's
  /// @param periods how many keys
  /// @param kept how many salts besides, which receipts had kept one by one
  /// @param imported how many receipts of other installations, which held theirs
  /// @param before all of it ended before this
  public void saltsDestroyed(
      String pseudonym, int periods, int kept, int imported, Instant before) {
    records.record(
        Kind.KEY,
        Json.object()
            .put("subject", "salt-key")
            .put("of", pseudonym)
            .put("periods", periods)
            .put("kept", kept)
            .put("imported", imported)
            .put("before", before.toEpochMilli())
            .put("change", "destroyed")
            .build());
  }

  /// A tenant was taken over from another installation.
  ///
  /// @param pseudonym the tenant's
  /// @param origin the name of the log that exported it
  /// @param manifest the hash of the list of files that came with it
  public void imported(String pseudonym, String origin, String manifest) {
    records.record(
        Kind.KEY,
        Json.object()
            .put("subject", "tenant")
            .put("of", pseudonym)
            .put("origin", origin)
            .put("manifest", manifest)
            .put("change", "imported")
            .build());
  }

  /// The salt of one receipt was destroyed.
  ///
  /// @param pseudonym its tenant's
  public void saltDestroyed(String pseudonym, String receipt) {
    records.record(
        Kind.KEY,
        Json.object()
            .put("subject", "salt")
            .put("of", pseudonym)
            .put("receipt", receipt)
            .put("change", "destroyed")
            .build());
  }

  /// A tenant's salt key was destroyed.
  ///
  /// @param pseudonym the tenant's
  /// @param revoked how many of its API keys were withdrawn with it
  public void destroyed(String pseudonym, int revoked) {
    records.record(
        Kind.KEY,
        Json.object()
            .put("subject", "salt-key")
            .put("of", pseudonym)
            .put("keysRevoked", revoked)
            .put("change", "destroyed")
            .build());
  }
}
