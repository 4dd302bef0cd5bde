package dejima.evidence;

final class MemoryLogTest extends EvidenceLogContract {
  @Override
  EvidenceLog open(LogSettings settings) {
    return EvidenceLog.inMemory(settings);
  }
}
