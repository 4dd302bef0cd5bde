package dejima.server.policy;

import dejima.evidence.AppendFailure;
import dejima.evidence.Entry;
import dejima.evidence.EvidenceLog;
import dejima.evidence.Json;
import dejima.evidence.Kind;
import dejima.evidence.Promise;
import dejima.evidence.RequestIds;
import dejima.residency.ActivePolicy;
import dejima.residency.BundleReading;
import dejima.residency.PolicyBundle;
import dejima.server.config.ServerConfig.PolicySource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Puts bundles in force: read, kept for receipts, recorded in the log, and only then active.
public final class PolicyDesk {
  private static final String NODE = "node";
  private static final int SECONDS_TO_RECORD = 10;

  private final PolicySource source;
  private final ActivePolicy active;
  private final PolicyArchive archive;
  private final EvidenceLog log;
  private final RequestIds ids;
  private final Consumer<PolicyBundle> announce;

  /// @param source where bundles come from
  /// @param announce told of every bundle that came into force
  public PolicyDesk(
      PolicySource source,
      ActivePolicy active,
      PolicyArchive archive,
      EvidenceLog log,
      RequestIds ids,
      Consumer<PolicyBundle> announce) {
    this.source = source;
    this.active = active;
    this.archive = archive;
    this.log = log;
    this.ids = ids;
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
  /// @throws AppendFailure if the change cannot be recorded; the old bundle stays
  public synchronized BundleReading reload() {
    BundleReading reading = read(source);
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
    CompletableFuture<Boolean> durable = new CompletableFuture<>();
    log.append(
        new Entry(ids.next(), Kind.POLICY, NODE, facts),
        new EvidenceLog.Receiver() {
          @Override
          public void durable(Promise promise) {
            durable.complete(true);
          }

          @Override
          public void failed(AppendFailure failure) {
            durable.completeExceptionally(failure);
          }
        });
    durable.orTimeout(SECONDS_TO_RECORD, TimeUnit.SECONDS).join();
  }
}
