package dejima.server.policy;

import dejima.evidence.Json;
import dejima.evidence.Kind;
import dejima.residency.ActivePolicy;
import dejima.residency.BundleReading;
import dejima.residency.PolicyBundle;
import dejima.server.config.ServerConfig.PolicySource;
import dejima.server.records.NodeRecords;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Puts bundles in force: read, judged, kept for receipts, recorded in the log, and only then
/// active.
public final class PolicyDesk {
  private final Supplier<PolicySource> source;
  private final ActivePolicy active;
  private final PolicyArchive archive;
  private final NodeRecords records;
  private final Consumer<PolicyBundle> announce;
  private final PolicyGate gate;
  private volatile List<TimedProof> proofs = List.of();
  private volatile Optional<PolicyGate.Judgement> rejected = Optional.empty();

  /// @param source says where bundles come from, each time anew
  /// @param gate judges bundles
  /// @param announce told of every bundle that came into force
  public PolicyDesk(
      Supplier<PolicySource> source,
      ActivePolicy active,
      PolicyArchive archive,
      NodeRecords records,
      PolicyGate gate,
      Consumer<PolicyBundle> announce) {
    this.source = source;
    this.active = active;
    this.archive = archive;
    this.records = records;
    this.gate = gate;
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

  /// What became of the theorems of the bundle in force.
  public List<TimedProof> proofs() {
    return proofs;
  }

  /// Why the bundle that was offered last did not come into force; empty if it did.
  public Optional<PolicyGate.Judgement> rejected() {
    return rejected;
  }

  /// Reads the source again and puts it in force if it is sound and passes the gate; otherwise the
  /// old bundle stays.
  ///
  /// @throws java.util.concurrent.CompletionException if the change cannot be recorded; the old
  ///   bundle stays
  public synchronized BundleReading reload() {
    PolicySource from = source.get();
    return switch (read(from)) {
      case BundleReading.Loaded(PolicyBundle bundle) -> judged(bundle, from);
      case BundleReading.Rejected unreadable -> {
        rejected = Optional.of(new PolicyGate.Judgement(List.of(), unreadable.problems()));
        yield unreadable;
      }
    };
  }

  private BundleReading judged(PolicyBundle bundle, PolicySource from) {
    PolicyGate.Judgement judgement = gate.judge(bundle, from);
    BundleReading reading = judgement.of(bundle);
    if (reading instanceof BundleReading.Loaded) {
      archive.keep(bundle);
      record(bundle);
      active.offer(reading);
      proofs = judgement.proofs();
      announce.accept(bundle);
      rejected = Optional.empty();
    } else {
      rejected = Optional.of(judgement);
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
