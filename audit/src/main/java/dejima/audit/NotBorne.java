package dejima.audit;

import dejima.evidence.Verification.Step;

/// A ground does not bear what the receipt claims; ends an examination and is caught by
/// [SiteEvidence] alone.
final class NotBorne extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Step step;

  NotBorne(Step step, String reason) {
    super(reason, null, false, false);
    this.step = step;
  }

  Step step() {
    return step;
  }

  static void unless(boolean holds, Step step, String otherwise) {
    if (!holds) {
      throw new NotBorne(step, otherwise);
    }
  }
}
