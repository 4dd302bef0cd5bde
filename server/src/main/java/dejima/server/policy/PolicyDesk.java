package dejima.server.policy;

import dejima.evidence.Json;
import dejima.evidence.Kind;
import dejima.residency.ActivePolicy;
import dejima.residency.BundleReading;
import dejima.residency.PolicyBundle;
import dejima.server.config.ServerConfig.PolicySource;
import dejima.server.records.NodeRecords;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Puts bundles in force: read, kept for receipts, recorded in the log, and only then active.
public final class PolicyDesk {
  private final Supplier<PolicySource> source;
  private final ActivePolicy active;
  private final PolicyArchive archive;
  private final NodeRecords records;
  private final Consumer<PolicyBundle> announce;

  /// @param source says where bundles come from, each time anew
  /// @param announce told of every bundle that came into force
  public PolicyDesk(
      Supplier<PolicySource> source,
      ActivePolicy active,
      PolicyArchive archive,
      NodeRecords records,
      Consumer<PolicyBundle> announce) {
    this.source = source;
    this.active = active;
    this.archive = archive;
    this.records = records;
    this.announce = announce;
  }

  /// Reads a source.
  public static BundleReading read(PolicySource source) {
    return switch (source) {
      case PolicySource.Baseline _ -> new BundleReading.Loaded(PolicyBundle.baseline());
      case PolicySource.Demo _ -> new BundleReading.Loaded(PolicyBundle.demo());
      case PolicySource.Directory(var path) -> PolicyBundle.load(path);
    };
  }

  /// Reads the source again and puts it in force if it is sound; otherwise the old bundle stays.
  ///
  /// @throws java.util.concurrent.CompletionException if the change cannot be recorded; the old
  ///   bundle stays
  public synchronized BundleReading reload() {
    BundleReading reading = read(source.get());
    switch (reading) {
      case BundleReading.Loaded(PolicyBundle bundle) -> {
        archive.keep(bundle);
        record(bundle);
        active.offer(reading);
        announce.accept(bundle);
      }
      case BundleReading.Rejected _ -> {}
    }
    return reading;
  }

  private void record(PolicyBundle bundle) {
    Json.Obj facts =
        Json.object()
            .put(
                "policy",
                Json.object()
                    .put("id", bundle.id())
                    .put("version", bundle.version())
                    .put("hash", bundle.hash())
                    .put("theorems", bundle.theoremsHash())
                    .build())
            .build();
    records.record(Kind.POLICY, facts);
  }
}
