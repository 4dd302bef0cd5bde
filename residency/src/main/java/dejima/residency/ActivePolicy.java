package dejima.residency;

import dejima.residency.BundleReading.Loaded;
import dejima.residency.BundleReading.Rejected;
import java.nio.file.Path;

/// The policy in force. A sound bundle replaces it in one step; a bad one never does.
///
/// A request takes [#current] once and decides everything with that bundle, so that its record
/// names the policy that decided.
public final class ActivePolicy {
  private volatile PolicyBundle current;

  /// Starts with a bundle, or with [PolicyBundle#none], which denies everything.
  public ActivePolicy(PolicyBundle first) {
    this.current = first;
  }

  /// The bundle in force now.
  public PolicyBundle current() {
    return current;
  }

  /// Puts the bundle in this directory in force if it is sound; otherwise everything stays as it is
  /// and the answer lists the problems.
  public BundleReading offer(Path directory) {
    return offer(PolicyBundle.load(directory));
  }

  /// Puts a bundle that was read already in force if it is sound.
  public BundleReading offer(BundleReading reading) {
    switch (reading) {
      case Loaded(PolicyBundle bundle) -> current = bundle;
      case Rejected _ -> {}
    }
    return reading;
  }
}
